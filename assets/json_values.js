// A small picture as text: what a data URL is, and what it weighs.
(() => {
  const MOST = 200_000; // characters: more of that belongs on the server
  const element = (type, props) => ({ namespace: "dash_html_components", type, props });
  const number = (value) => value.toLocaleString("en");

  function draw() {
    const canvas = Object.assign(document.createElement("canvas"), { width: 96, height: 96 });
    const pen = canvas.getContext("2d");
    for (let ring = 0; ring < 6; ring += 1) {
      pen.fillStyle = `hsl(${Math.random() * 360} 60% 55%)`;
      pen.fillRect(8 * ring, 8 * ring, 96 - 16 * ring, 96 - 16 * ring);
    }
    return { name: "a drawing", contents: canvas.toDataURL("image/png") };
  }

  // What stands after the comma is base64: four characters for three bytes, filled up with “=”.
  const bytesOf = (base64) => (base64.length * 3) / 4 - (/=*$/.exec(base64)[0].length);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.json_values = {
    keep(contents, _clicks, name) {
      const { no_update, callback_context } = window.dash_clientside;
      if (callback_context.triggered_id === "json-values-draw") return [draw(), ""];
      if (!contents) return [no_update, no_update];
      if (!/^data:image\/(png|jpeg|gif|webp);base64,/.test(contents)) return [no_update, `${name} is no PNG, JPEG, GIF or WebP picture. The one before is still there.`];
      if (contents.length > MOST) return [no_update, `${name} takes ${number(contents.length)} characters; at most ${number(MOST)} are kept here. The one before is still there.`];
      return [{ name, contents }, ""];
    },
    show(picture) {
      const base64 = picture?.contents?.split(",")[1];
      if (!base64) return "No picture is kept.";
      const text = `${picture.name}: ${number(bytesOf(base64))} bytes, as ${number(picture.contents.length)} characters.`;
      return [element("Img", { src: picture.contents, alt: picture.name, className: "json-values-img" }), element("P", { children: text })];
    },
    forget: (clicks) => Boolean(clicks),
  };
})();
