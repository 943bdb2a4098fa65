// Style and scripts of the pages, from the design system and our theme. Output: ../frontend/static/{gaya.css,skrip.js,unggah.js}
import { build } from "esbuild";
import { writeFileSync } from "node:fs";
import { compile } from "sass";

const target = new URL("../frontend/static/", import.meta.url).pathname;
const style = compile("gaya.scss", { loadPaths: ["node_modules"], style: "compressed", quietDeps: true });
writeFileSync(`${target}gaya.css`, style.css + "\n");
await build({
  entryPoints: ["skrip.js", "unggah.js", "lihat.js"],
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2019"],
});
