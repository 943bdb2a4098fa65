// Papers larger and turned, for whoever checks them; without a script a tap opens the picture by itself.
const TURNS = ["", "ek-putar-90", "ek-putar-180", "ek-putar-270"];
const SIZES = ["", "ek-zum-2", "ek-zum-3"];

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

for (const viewer of document.querySelectorAll("[data-lihat]")) {
  let turn = 0, size = 0;
  const show = (list, index, step) => {
    const next = (index + list.length + step) % list.length;
    if (list[index]) viewer.classList.remove(list[index]);
    if (list[next]) viewer.classList.add(list[next]);
    return next;
  };
  const tools = document.createElement("div");
  tools.className = "ek-alat";
  tools.append(
    button("Perbesar", () => { size = show(SIZES, size, 1); }),
    button("Putar", () => { turn = show(TURNS, turn, 1); }),
  );
  viewer.before(tools);
}
for (const print of document.querySelectorAll("[data-cetak]")) print.addEventListener("click", () => window.print());
