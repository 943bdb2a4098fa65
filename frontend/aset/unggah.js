// Papers: photographs are made smaller on the phone and sent in pieces that survive a dead line (tus, by our own routes).
// A piece takes a second or two: what a dead line loses is at most one. LONGEST is what the office keeps of a picture.
const PIECE = 128 * 1024, LEAST = 32 * 1024, MOST = 512 * 1024, QUICK = 1500, LONGEST = 2000, QUALITY = 0.85;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** A JPEG of at most 2,000 pixels; what a browser cannot draw (PDF, HEIC) stays as it is: the server judges. */
async function shrink(file) {
  if (!file.type.startsWith("image/")) return file;
  const address = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const scale = Math.min(1, LONGEST / Math.max(picture.naturalWidth, picture.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.naturalWidth * scale);
    canvas.height = Math.round(picture.naturalHeight * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  } finally {
    URL.revokeObjectURL(address);
  }
}

class Refused extends Error {}

/** One request, again and again while the line or the server is away; a refusal in words ends it. */
async function insist(ask, tell) {
  for (let pause = 500; ; pause = Math.min(pause * 2, 15000)) {
    try {
      const answer = await ask();
      if (answer.status < 500 && answer.status !== 429 && answer.status !== 408) return answer;
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
    tell("Sinyal terputus. Kami coba lagi, jangan tutup halaman ini.");
    await wait(pause);
  }
}

async function words(answer) {
  const said = await answer.json().catch(() => ({}));
  return said.pesan || "Berkas tidak bisa dikirim. Muat ulang halaman ini, lalu coba lagi.";
}

async function send(place, syarat, key, content, token, show) {
  const headers = { "X-CSRFToken": token };
  const begun = await insist(() => {
    const form = new FormData();
    form.append("syarat", syarat);
    form.append("panjang", content.size);
    form.append("kunci", key);
    return fetch(place, { method: "POST", headers, body: form });
  }, show.words);
  if (begun.status !== 201) throw new Refused(await words(begun));
  const { kiriman, izin } = await begun.json();
  const at = `${place}/${kiriman}`;
  let offset = 0;
  let length = PIECE;
  let sure = true; // whether we know how far the server is
  while (offset < content.size || !sure) {
    if (!sure) {
      const told = await insist(() => fetch(at, { method: "HEAD" }), show.words);
      if (!told.ok) throw new Refused(await words(told));
      offset = Number(told.headers.get("Upload-Offset"));
      sure = true;
      if (offset >= content.size) break;
    }
    show.words("");
    const piece = content.slice(offset, offset + length);
    const began = performance.now();
    let answer = null;
    try {
      answer = await fetch(at, {
        method: "PATCH",
        headers: { ...headers, "X-Izin-Unggah": izin, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" },
        body: piece,
      });
    } catch {
      /* the line is dead: asked again how far it came */
    }
    if (answer && answer.status === 204) {
      offset = Number(answer.headers.get("Upload-Offset"));
      if (performance.now() - began < QUICK) length = Math.min(length * 2, MOST);
    } else if (!answer || answer.status >= 500 || answer.status === 409 || answer.status === 408 || answer.status === 429) {
      sure = false;
      length = Math.max(length / 2, LEAST);
      if (!answer || answer.status !== 409) {
        show.words("Sinyal terputus. Kami lanjutkan dari yang sudah terkirim.");
        await wait(800);
      }
    } else throw new Refused(await words(answer));
    show.share(offset / content.size);
  }
}

/** The section as the server draws it now, in place of the old one. */
async function renew(section) {
  const answer = await fetch(`/permohonan/${section.dataset.kasus}/berkas/${section.dataset.syarat}`);
  if (!answer.ok) return section;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-syarat]");
  if (!drawn) return section;
  section.replaceWith(drawn);
  dress(drawn);
  return drawn;
}

/** Until the check is over; slower as it takes longer. */
async function watch(section) {
  for (let pause = 600; section.querySelector("[data-keadaan=diperiksa]"); pause = Math.min(pause * 1.4, 8000)) {
    await wait(pause);
    section = await renew(section).catch(() => section);
  }
}

let count = 0;
async function chosen(section, form, file) {
  const part = (name) => section.querySelector(name);
  const bar = part("progress"), said = part(".ek-maju__kata"), picture = part(".ek-pratinjau");
  const show = {
    words: (text) => { if (said.textContent !== text) said.textContent = text; },
    share: (done) => { bar.value = Math.round(done * 100); },
  };
  part("[data-keadaan]").querySelectorAll(".govuk-error-message").forEach((old) => old.remove());
  part(".ek-maju").hidden = false;
  part("input[type=file]").disabled = true;
  show.share(0);
  const content = await shrink(file);
  if (content.type.startsWith("image/")) {
    picture.src = URL.createObjectURL(content);
    picture.hidden = false;
  }
  try {
    const key = `${section.dataset.kunci}p${count++}${section.dataset.syarat}`;
    await send(`/permohonan/${section.dataset.kasus}/potongan`, section.dataset.syarat, key, content, form.csrf_token.value, show);
    await watch(await renew(section));
  } catch (error) {
    const told = document.createElement("p");
    told.className = "govuk-error-message";
    told.textContent = error instanceof Refused ? error.message : "Berkas tidak bisa dikirim. Coba lagi.";
    part("[data-keadaan]").append(told);
    part(".ek-maju").hidden = true;
    part("input[type=file]").disabled = false;
    part("input[type=file]").value = "";
  }
}

function dress(section) {
  const form = section.querySelector(".ek-unggah");
  const field = form.querySelector("input[type=file]");
  form.querySelector("button").hidden = true;
  field.addEventListener("change", () => field.files.length && chosen(section, form, field.files[0]));
}

for (const section of document.querySelectorAll("[data-syarat]")) {
  dress(section);
  watch(section);
}
