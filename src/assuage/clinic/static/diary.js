// The diary with a script: the phone's own clock, the drawing of the body, a draft, and an outbox for days without a
// network. Without it the page works too, but for the outbox and the draft.
import { drafts, outbox, lastSent } from "./outbox.js";

const form = document.getElementById("diary");
const box = document.getElementById("outbox");
const key = box ? box.dataset.key : "";

function newUid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let place = 5; place >= 0; place--) { bytes[place] = now % 256; now = Math.floor(now / 256); }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const two = (number) => String(number).padStart(2, "0");

function clock(at = new Date()) {
  const offset = -at.getTimezoneOffset();
  const sign = offset < 0 ? "-" : "+";
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return { date, time, entered: `${date}T${time}:${two(at.getSeconds())}${zone}` };
}

function setClock(of) {
  const now = clock();
  for (const [name, value] of Object.entries(now)) {
    const field = of.elements[name];
    if (field && !field.dataset.chosen) field.value = value;
  }
}

function freshForm(of) {
  of.elements.uid.value = newUid();
  setClock(of);
}

const word = (name) => document.querySelector(`#outbox-words`).content.querySelector(`[data-word="${name}"]`).textContent;
const told = document.getElementById("told");

// --- the drawing mirrors the check-boxes, which are the truth

function body() {
  const drawing = document.getElementById("body");
  if (!drawing) return;
  drawing.hidden = false;
  document.getElementById("list-of-places").open = false;
  const boxes = new Map([...form.querySelectorAll("input[name=site]")].map((each) => [each.value, each]));
  const shapes = [...drawing.querySelectorAll("[data-site]")];
  const mirror = () => shapes.forEach((shape) => shape.classList.toggle("chosen", boxes.get(shape.dataset.site).checked));
  const tell = (each) => {
    told.textContent = `${each.parentElement.textContent.trim()}: ${word(each.checked ? "chosen" : "taken")}`;
  };
  drawing.addEventListener("click", (event) => {
    const shape = event.target.closest("[data-site]");
    if (shape) boxes.get(shape.dataset.site).click();
    const view = event.target.closest("[data-view]");
    if (view) drawing.querySelectorAll("[data-view]").forEach((each) => {
      each.setAttribute("aria-pressed", String(each === view));
      document.getElementById(`fig-${each.dataset.view}`).toggleAttribute("hidden", each !== view);
    });
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "site") { if (event.target.checked) form.elements.nowhere.checked = false; tell(event.target); }
    if (event.target.name === "nowhere" && event.target.checked) boxes.forEach((each) => { each.checked = false; });
    mirror();
  });
  const same = document.getElementById("same-places");
  if (same) same.addEventListener("click", (event) => {
    event.preventDefault();
    const places = same.dataset.sites.split(" ");
    boxes.forEach((each, site) => { each.checked = places.includes(site); });
    form.elements.nowhere.checked = same.dataset.sites === "";
    mirror();
  });
  mirror();
}

// --- the draft: what was begun and not saved, for this account on this phone, until log-out

const kept = () => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "head"].includes(name));

function fill(fields) {
  for (const each of form.elements) {
    const values = fields.filter(([name]) => name === each.name).map(([, value]) => value);
    if (["hidden", "submit", "button"].includes(each.type) || !each.name) continue;
    if (["radio", "checkbox"].includes(each.type)) each.checked = values.includes(each.value);
    else if (values.length) {
      each.value = values[0];
      if (["date", "time"].includes(each.name)) each.dataset.chosen = "1";
    }
  }
  form.dispatchEvent(new Event("change"));
}

async function draft() {
  const found = await drafts.get(key);
  if (found && !("server" in form.dataset)) { fill(found); told.textContent = word("draft"); }
  let waiting = 0;
  const save = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => drafts.put(key, kept().filter(([name]) => !["uid", "entered"].includes(name) && (["date", "time"].includes(name) ? form.elements[name].dataset.chosen : true))), 150);
  };
  form.addEventListener("input", (event) => {
    if (["date", "time"].includes(event.target.name)) event.target.dataset.chosen = "1";
    save();
  });
  form.addEventListener("change", save);
}

// --- the outbox

async function show() {
  if (!box) return;
  const waiting = (await outbox.all()).filter((each) => each.key === key);
  const last = await lastSent(key);
  const list = document.getElementById("outbox-list");
  list.replaceChildren(...waiting.map((each) => {
    const line = document.createElement("li");
    const when = each.fields.filter(([name]) => ["date", "time"].includes(name)).map(([, value]) => value).join(" ");
    line.append(`${when}: ${each.reason ? `${word("refused")} ${each.reason}` : word("kept")} `);
    if (each.reason) {
      for (const [name, act] of [["open", () => { fill(each.fields); return outbox.remove(each.uid); }], ["delete", () => outbox.remove(each.uid)]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = word(name);
        button.addEventListener("click", async () => { await act(); await show(); });
        line.append(button);
      }
    }
    return line;
  }));
  document.getElementById("outbox-state").textContent = [
    waiting.length ? "" : word("none"), last ? `${word("last")} ${clock(new Date(last)).date} ${clock(new Date(last)).time}` : "",
  ].filter(Boolean).join(" ");
  box.hidden = !waiting.length && !last;
}

async function flush(only) {
  const waiting = (await outbox.all()).filter((each) => each.key === key && (only || !each.reason));
  if (!waiting.length) return new Map();
  const state = await fetch("/diary/outbox", { headers: { Accept: "application/json" }, redirect: "manual" });
  if (state.type === "opaqueredirect" || !state.ok) throw new Error("log-in");
  const { csrf, key: account } = await state.json();
  if (account !== key) throw new Error("log-in");
  const answer = await fetch("/diary/outbox", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: JSON.stringify({ now: clock().entered, entries: waiting.map(({ fields }) => ({ fields })) }),
    redirect: "manual",
  });
  if (answer.type === "opaqueredirect" || !answer.ok) throw new Error(answer.status === 403 ? "log-in" : "later");
  const results = new Map();
  for (const [place, each] of (await answer.json()).entries.entries()) {
    results.set(waiting[place].uid, each);
    if (each.state === "refused") await outbox.put({ ...waiting[place], reason: each.reason });
    else await outbox.remove(waiting[place].uid);
  }
  if ([...results.values()].some((each) => each.state !== "refused")) await lastSent(key, Date.now());
  return results;
}

async function send(event) {
  if ("server" in form.dataset) { await drafts.remove(key); return; }
  event.preventDefault();
  const button = document.getElementById("save");
  if (button.disabled) return;
  button.disabled = true;
  const entry = { uid: form.elements.uid.value, key, fields: kept(), reason: "" };
  await outbox.put(entry);
  try {
    const result = (await flush(true)).get(entry.uid);
    if (result && result.state === "refused") {
      await outbox.remove(entry.uid);
      await drafts.remove(key);
      form.submit(); // the page says what is wrong, beside its field
      return;
    }
    await drafts.remove(key);
    if (result && result.saved) { location.assign(result.saved); return; }
    location.reload();
  } catch (problem) {
    const complete = entry.fields.some(([name, value]) => (name === "pain" || name === "pain-typed") && value);
    if (!complete) {
      await outbox.remove(entry.uid);
      button.disabled = false;
      form.querySelector("[name=pain]").focus();
      told.textContent = document.getElementById("outbox").dataset.missing;
      return;
    }
    await drafts.remove(key);
    form.reset();
    form.querySelectorAll("[data-chosen]").forEach((each) => delete each.dataset.chosen);
    freshForm(form);
    form.dispatchEvent(new Event("change"));
    clearDraftAfterReset();
    button.disabled = false;
    told.textContent = problem.message === "log-in" ? `${word("kept")}. ${word("log-in")}` : word("kept");
    await show();
  }
}

function clearDraftAfterReset() { setTimeout(() => drafts.remove(key), 400); }

// --- begin

document.querySelectorAll("form[data-clock]").forEach((each) => {
  if ("server" in each.dataset) { each.querySelectorAll("input[type=date], input[type=time]").forEach((field) => { field.dataset.chosen = "1"; }); setClock(each); }
  else freshForm(each);
  each.addEventListener("submit", () => setClock(each), { once: true });
});
const problems = document.getElementById("problems");
if (problems) problems.focus();
if (form) {
  body();
  draft();
  form.addEventListener("submit", send);
  addEventListener("pageshow", (event) => { if (event.persisted) freshForm(form); });
  show();
  const again = () => flush(false).catch(() => {}).then(show);
  addEventListener("online", again);
  again();
}
for (const logOut of document.querySelectorAll('form[action="/account/logout/"]')) {
  logOut.addEventListener("submit", async (event) => {
    if (logOut.dataset.cleared) return;
    event.preventDefault();
    await drafts.clear();
    for (const name of await caches.keys()) await caches.delete(name);
    logOut.dataset.cleared = "1";
    logOut.submit();
  });
}
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/diary-worker.js", { scope: "/diary" }).catch(() => {});
