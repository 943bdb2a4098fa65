// Papers larger and turned, for whoever checks them; without a script a tap opens the picture by itself.
const SIZES = [1, 2, 3];

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

// A sheet takes the room of its picture as it stands turned, so that scrolling reaches every edge of it.
function lay(picture, room, turn) {
  const ratio = picture.naturalWidth / picture.naturalHeight;
  if (!ratio) return; // not there yet: it is laid when it comes
  const lying = turn % 2 === 1;
  const width = lying ? room * ratio : room, height = width / ratio;
  const sheet = picture.parentElement.style;
  sheet.width = `${room}px`;
  sheet.height = `${lying ? width : height}px`;
  picture.style.width = `${width}px`;
  picture.style.height = `${height}px`;
  const back = [[0, 0], [height, 0], [width, height], [0, width]][turn];
  picture.style.transform = `translate(${back[0]}px, ${back[1]}px) rotate(${turn * 90}deg)`;
}

for (const viewer of document.querySelectorAll("[data-lihat]")) {
  let turn = 0, size = 0;
  const pictures = viewer.querySelectorAll(".ek-lihat__lembar img");
  const fill = (room) => pictures.forEach((picture) => lay(picture, room * SIZES[size], turn));
  const show = () => {
    viewer.style.overflowY = "hidden"; // the room without a scroll bar, then with the one that this may need
    const room = viewer.clientWidth;
    fill(room);
    viewer.style.overflowY = "";
    if (viewer.clientWidth < room) fill(viewer.clientWidth);
  };
  const larger = button("Perbesar", () => {
    size = (size + 1) % SIZES.length;
    larger.textContent = size === SIZES.length - 1 ? "Perkecil" : "Perbesar";
    show();
  });
  const tools = document.createElement("div");
  tools.className = "ek-alat";
  tools.append(larger, button("Putar", () => { turn = (turn + 1) % 4; show(); viewer.scrollTo(0, 0); }));
  viewer.before(tools);
  for (const picture of pictures) picture.addEventListener("load", show);
  let wide = 0; // of the box itself, which no scroll bar changes; none while it is folded away
  new ResizeObserver(() => {
    if (viewer.offsetWidth !== wide) { wide = viewer.offsetWidth; show(); }
  }).observe(viewer);
}
for (const print of document.querySelectorAll("[data-cetak]")) print.addEventListener("click", () => window.print());
