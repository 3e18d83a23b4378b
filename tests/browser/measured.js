// What a page looks like to a person, measured in the page itself. Each function returns faults or rows as plain values.
window.measure = (() => {
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);
  const named = (element) => {
    const kind = element.getAttribute("class");
    return `<${element.localName}${kind ? ` class="${kind}"` : ""}> ${short(element.textContent)}`;
  };
  const inPicture = (element) => element.closest("svg");

  function* texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (!node.data.trim() || ["STYLE", "SCRIPT", "title", "desc"].includes(holder.nodeName) || !seen(holder)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width > 1 && box.height > 1) yield { node, holder, box, rects: [...range.getClientRects()] };
    }
  }

  // --- size ---------------------------------------------------------------------------------------
  const scaled = (holder) => {
    const size = parseFloat(getComputedStyle(holder).fontSize);
    if (!inPicture(holder)) return size;
    const matrix = holder.getScreenCTM();
    return size * Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
  };
  const smallText = (least, leastInPicture) => [...new Set([...texts()]
    .filter(({ holder }) => !holder.closest("sup, sub"))
    .map(({ holder, node }) => [scaled(holder), inPicture(holder) ? leastInPicture : least, node.data])
    .filter(([size, bound]) => size < bound - 0.05)
    .map(([size, bound, text]) => `${size.toFixed(1)} px (${bound}): ${short(text)}`))];

  // --- width --------------------------------------------------------------------------------------
  const sideways = () => {
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= width) return [];
    const rolls = (element) => element && (
      ["auto", "scroll"].includes(getComputedStyle(element).overflowX) || rolls(element.parentElement));
    const wide = [...document.body.querySelectorAll("*")].filter((element) =>
      seen(element) && element.getBoundingClientRect().right > width + 1 && !rolls(element.parentElement));
    return [`${document.scrollingElement.scrollWidth} px wide`, ...wide.slice(0, 4).map(named)];
  };
  // What rolls sideways on its own must be a table or a picture, reachable by the keyboard, and have a name.
  const rolling = () => [...document.body.querySelectorAll("*")]
    .filter((element) => element.scrollWidth > element.clientWidth + 1
      && ["auto", "scroll"].includes(getComputedStyle(element).overflowX) && seen(element))
    .filter((element) => !element.querySelector("table, svg") || element.tabIndex < 0
      || !(element.getAttribute("aria-label") || element.getAttribute("aria-labelledby")))
    .map(named);

  // --- colour -------------------------------------------------------------------------------------
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colours = new Map();
  const rgba = (colour) => {
    if (!colours.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      colours.set(colour, [...canvas.getImageData(0, 0, 1, 1).data].map((part, at) => at < 3 ? part : part / 255));
    }
    return colours.get(colour);
  };
  const probe = document.createElement("div");
  probe.style.backgroundColor = "Canvas";
  probe.hidden = true;
  document.body.append(probe);
  const paper = () => rgba(getComputedStyle(probe).backgroundColor);
  const over = (top, ground) => [0, 1, 2].map((at) => top[at] * top[3] + ground[at] * (1 - top[3])).concat(1);
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const opacityOf = (element) => element ? parseFloat(getComputedStyle(element).opacity) * opacityOf(element.parentElement) : 1;
  // What is painted behind an element of the page: the grounds of those it lies in.
  const groundOf = (element) => {
    const layers = [];
    for (let holder = element; holder; holder = holder.parentElement) {
      const paint = rgba(getComputedStyle(holder).backgroundColor);
      if (paint[3] > 0) layers.push(paint);
      if (paint[3] >= 0.999) break;
    }
    return layers.reverse().reduce((ground, layer) => over(layer, ground), paper());
  };
  // What is painted behind a text of a picture: the shapes that lie under its middle.
  const groundInPicture = (x, y, holder) => {
    const layers = [];
    for (const element of document.elementsFromPoint(x, y)) {
      if (element === holder || element.contains(holder) || element.localName === "text" || element.localName === "tspan") continue;
      if (!inPicture(element) || element.localName === "svg") break;
      const style = getComputedStyle(element);
      if (style.fill === "none" || style.fill.startsWith("url")) continue;
      const [r, g, b, a] = rgba(style.fill);
      const paint = [r, g, b, a * parseFloat(style.fillOpacity) * opacityOf(element)];
      if (paint[3] > 0) layers.push(paint);
      if (paint[3] >= 0.999) break;
    }
    return layers.reverse().reduce((ground, layer) => over(layer, ground), groundOf(inPicture(holder)));
  };
  const PER_STYLE = 12; // texts of a picture looked at for each way in which they are written
  const faintText = () => {
    const faults = new Set();
    const grounds = new Map();
    const looked = new Map();
    for (const { holder, node, rects } of texts()) {
      const style = getComputedStyle(holder);
      const picture = inPicture(holder);
      const size = scaled(holder);
      if (picture) {
        const way = [style.fill, size.toFixed(1), style.fontWeight].join();
        looked.set(way, (looked.get(way) ?? 0) + 1);
        if (looked.get(way) > PER_STYLE) continue;
      } else if (!grounds.has(holder)) grounds.set(holder, groundOf(holder));
      const rect = rects.find((one) => one.width > 1) || rects[0];
      const ground = picture ? groundInPicture(rect.x + rect.width / 2, rect.y + rect.height / 2, holder) : grounds.get(holder);
      const ink = [...rgba(picture ? style.fill : style.color)];
      ink[3] *= opacityOf(holder) * (picture ? parseFloat(style.fillOpacity) : 1);
      const least = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight, 10) >= 700) ? 3 : 4.5;
      const ratio = contrast(over(ink, ground), ground);
      if (ratio < least - 0.005) faults.add(`${ratio.toFixed(2)} (${least}): ${short(node.data)}`);
    }
    return [...faults];
  };
  // Marks that can be told from the page: what is painted, by a fill or a line, at 1.2 to 1 at least.
  const marks = () => {
    const ground = groundOf(document.body);
    const told = (colour) => colour.startsWith("url")
      || (colour !== "none" && contrast(over(rgba(colour), ground), ground) > 1.2);
    return [...document.querySelectorAll("svg :is(rect, circle, path, polygon, polyline, line, ellipse)")]
      .filter((shape) => seen(shape) && !shape.closest("defs, clipPath, pattern"))
      .filter((shape) => { const style = getComputedStyle(shape); return told(style.fill) || told(style.stroke); }).length;
  };
  const words = () => [...texts()].map(({ node }) => node.data.trim()).join(" ");

  // --- keyboard and pointer -----------------------------------------------------------------------
  let first = null, last = null;
  const fromTheTop = () => {
    document.activeElement?.blur();
    scrollTo(0, 0);
    getSelection().collapse(document.body, 0);
    first = last = null;
  };
  const focused = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const top = Math.max(box.y, 0); // what is taller than the window may begin above it
    const hit = document.elementFromPoint(Math.max(box.x, 0) + Math.min(box.width, innerWidth) / 2, top + Math.min(box.bottom - top, 40) / 2);
    const line = parseFloat(style.outlineWidth);
    const ring = style.outlineStyle !== "none" && line >= 2
      && contrast(rgba(style.outlineColor), groundOf(element.parentElement)) >= 3;
    const goesBack = !!last && last !== element && !(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
    const again = element === first;
    first = first || element;
    last = element;
    return { again, goesBack, name: named(element), ring,
      shown: box.bottom > 0 && box.top < innerHeight && !!hit && (element.contains(hit) || hit.contains(element)) };
  };
  const smallTargets = (least) => [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter(seen)
    .filter((element) => !(getComputedStyle(element).display === "inline" && element.parentElement.textContent.trim() !== element.textContent.trim()))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && Math.min(box.width, box.height) < least - 0.05)
    .map(([element, box]) => `${box.width.toFixed(0)} x ${box.height.toFixed(0)}: ${named(element)}`);

  // --- structure ----------------------------------------------------------------------------------
  const outline = () => ({
    title: document.title,
    h1: document.querySelectorAll("h1").length,
    levels: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) => +heading.localName[1]),
    landmarks: ["main", "body > header"].map((one) => document.querySelectorAll(one).length),
    skip: document.querySelector("a[href]")?.getAttribute("href") ?? "",
    main: document.querySelector("main")?.id ?? "",
    unnamed: [...document.querySelectorAll("svg")].filter((svg) => !svg.closest("[aria-hidden=true]") && !svg.parentElement.closest("svg"))
      .filter((svg) => !(["img", "graphics-document"].includes(svg.getAttribute("role")) && (svg.getAttribute("aria-label") || svg.getAttribute("aria-labelledby")))
        && !svg.closest("figure[role=img][aria-label]")).length,
    bare: [...document.querySelectorAll("table")].filter((table) => !table.caption || !table.querySelector("th[scope]")).length,
  });
  // Texts with the language they are marked with: pieces of text, and the names of pictures.
  const marked = () => {
    const spoken = (element) => element.closest("[lang]")?.getAttribute("lang") ?? ""; // an SVG element has no `lang` of the kind HTML has
    const rows = [...texts()].filter(({ holder }) => !holder.closest("code")).map(({ holder, node }) => [spoken(holder), short(node.data)]);
    for (const element of document.querySelectorAll("[aria-label]"))
      rows.push([spoken(element), element.getAttribute("aria-label").slice(0, 200)]);
    return rows;
  };
  const moving = () => [...document.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    return style.animationName !== "none" || style.transitionDuration.split(",").some((one) => parseFloat(one) > 0)
      || style.scrollBehavior === "smooth";
  }).map(named);
  const spaced = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
    document.adoptedStyleSheets = [sheet];
    const faults = sideways();
    document.adoptedStyleSheets = [];
    return faults;
  };
  const aboveTheFold = () => [...texts()].filter(({ box }) => box.top < innerHeight && box.bottom > 0)
    .map(({ node }) => node.data.trim()).join(" ");
  return { smallText, sideways, rolling, faintText, marks, words, fromTheTop, focused, smallTargets, outline, marked, moving, spaced, aboveTheFold };
})();
