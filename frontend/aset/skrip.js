// What pages gain from a script: no double sending, error summaries take the focus, the shell works offline.
import { Button, createAll, ErrorSummary, Radios, PasswordInput } from "govuk-frontend";

document.body.className += ` js-enabled${"noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : ""}`;
const words = { showPassword: "Tampilkan", hidePassword: "Sembunyikan", showPasswordAriaLabel: "Tampilkan sandi", hidePasswordAriaLabel: "Sembunyikan sandi", passwordShownAnnouncement: "Sandi terlihat", passwordHiddenAnnouncement: "Sandi tersembunyi" };
createAll(Button, { preventDoubleClick: true });
createAll(ErrorSummary);
createAll(Radios);
createAll(PasswordInput, { i18n: words });
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js");
for (const button of document.querySelectorAll("[data-cetak]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-bagi]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ text: button.dataset.bagi, url: `${location.origin}/lacak` }).catch(() => {}));
}
const slip = document.querySelector("[data-slip]");
if (slip && location.hash) {
  const [number, code] = location.hash.slice(1).split(".");
  slip.nomor.value = slip.nomor.value || number;
  slip.kode.value = slip.kode.value || code || "";
  history.replaceState(null, "", location.pathname);
}
