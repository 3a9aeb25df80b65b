// 公布证明的核验，全在浏览器里：文件不进任何请求。与 generator/publication_log/proof_check.py 相同，由测试核对。
(() => {
  const form = document.querySelector("form[data-proof=form]");
  if (!form) return;
  const answer = document.querySelector("[data-proof=answer]"), field = document.getElementById("yy-proof");
  const settings = JSON.parse(document.getElementById("yy-proof-settings").textContent);
  const { subtle } = globalThis.crypto ?? {};
  let asked = 0;

  // ---- 字节 ----
  const bytesOf = (text) => new TextEncoder().encode(text);
  const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const joined = (...parts) => {
    const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (made.set(part, at), at + part.length), 0);
    return made;
  };
  const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
  function fromBase64(text) {
    const made = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    if (base64(made) !== text) throw new Fault("PUB050");
    return made;
  }
  const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
  const sha256 = async (...parts) => new Uint8Array(await subtle.digest("SHA-256", joined(...parts)));
  const leafHash = (entry) => sha256([0], entry);
  const nodeHash = (left, right) => sha256([1], left, right);

  class Fault extends Error {
    constructor(code) {
      super(code);
      this.code = code;
    }
  }
  const need = (sound, code) => {
    if (!sound) throw new Fault(code);
  };

  // 规范 JSON：键按次序，没有空格，ASCII 以外一律转义，与 Python 写的逐字节相同。
  function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value && typeof value === "object") {
      const keys = Object.keys(value).sort();
      return `{${keys.map((key) => canonical(key) + ":" + canonical(value[key])).join(",")}}`;
    }
    const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
    return JSON.stringify(value).replace(/[^ -~]/g, escaped);
  }

  // ---- 文件 ----
  // zip 里的文件没有压缩（yiyong prove 这样写），所以只要目录。
  function unzip(data) {
    const view = new DataView(data.buffer, data.byteOffset, data.length), files = {};
    let end = data.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
    need(end >= 0, "PUB050");
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left--) {
      need(view.getUint32(at, true) === 0x02014b50 && view.getUint16(at + 10, true) === 0, "PUB050");
      const size = view.getUint32(at + 24, true), name = view.getUint16(at + 28, true);
      const local = view.getUint32(at + 42, true);
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      files[textOf(data.subarray(at + 46, at + 46 + name))] = data.subarray(start, start + size);
      at += 46 + name + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return files;
  }

  function readBundle(data) {
    try {
      // 存下来的检查点：没有记录，只说日志是不是它的延续。
      if (data[0] !== 0x50 && data[0] !== 0x7b) return { proof: { note: readNote(textOf(data)) }, kept: true };
      if (data[0] !== 0x50 || data[1] !== 0x4b) return { proof: readProof(data), keys: [] };
      const files = unzip(data);
      const keys = JSON.parse(textOf(files["keys.json"])).keys.map(readEvent);
      const more = Boolean(files["seen.jsonl"]?.length) || Object.keys(files).some((name) => name.endsWith(".tsr"));
      return { proof: readProof(files["proof.json"]), keys, record: files["record.json"], more };
    } catch {
      throw new Fault("PUB050");
    }
  }

  function readProof(data) {
    const tree = JSON.parse(textOf(data));
    return { note: readNote(tree.checkpoint), events: whole(tree.events, tree.record ?? {}).map(readEvent) };
  }

  // 各事件相同的内容只写一次，路径与前一条末尾相同的几步也是。
  function whole(items, alike) {
    let before = [];
    return items.map(({ shared = 0, ...item }) => {
      need(Number.isSafeInteger(shared) && shared >= 0 && shared <= before.length, "PUB050");
      before = [...item.path, ...before.slice(before.length - shared)];
      return { ...item, event: { ...alike, ...item.event }, path: before };
    });
  }

  function readEvent(item) {
    need(Number.isSafeInteger(item.index) && item.index >= 0 && item.event.event, "PUB050");
    return { index: item.index, event: item.event, salt: fromBase64(item.salt), path: item.path.map(fromBase64) };
  }

  // 签名文书与检查点（C2SP signed-note、tlog-checkpoint）。
  function readNote(written) {
    const gap = written.lastIndexOf("\n\n");
    need(gap > 0, "PUB050");
    const text = written.slice(0, gap + 1), [origin, size, root] = text.split("\n");
    need(origin && /^(0|[1-9]\d*)$/.test(size), "PUB050");
    const signatures = written.slice(gap + 2).split("\n").slice(0, -1).map((line) => {
      const [dash, name, encoded] = line.split(" ");
      need(dash === "\u2014", "PUB050");
      const payload = fromBase64(encoded);
      return { name, id: payload.slice(0, 4), payload: payload.slice(4) };
    });
    return { text, origin, size: Number(size), root: fromBase64(root), signatures };
  }

  async function readKey(written) {
    const found = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(written);
    need(found, "PUB056");
    const key = fromBase64(found[3]);
    need(key.length === 33 && key[0] === 1, "PUB056");
    const id = (await sha256(bytesOf(`${found[1]}\n`), key)).slice(0, 4);
    return { written, name: found[1], id, key: key.slice(1) };
  }

  async function isSigned(note, key) {
    const own = note.signatures.filter((item) => item.name === key.name && same(item.id, key.id));
    if (!own.length) return false;
    for (const item of own) if (!(await isEd25519(key.key, item.payload, bytesOf(note.text)))) return false;
    return true;
  }

  // ---- Ed25519（RFC 8032）：浏览器会的用浏览器的，不会的用下面这个，只核验，不签名 ----
  async function isEd25519(key, signature, message) {
    if (signature.length !== 64) return false;
    try {
      const made = await subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      return await subtle.verify({ name: "Ed25519" }, made, signature, message);
    } catch {
      return slowEd25519(key, signature, message);
    }
  }

  const P = 2n ** 255n - 19n, ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
  const mod = (value, by = P) => ((value % by) + by) % by;
  const number = (bytes) => bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
  function power(base, exponent) {
    let made = 1n;
    for (; exponent; exponent >>= 1n, base = mod(base * base)) if (exponent & 1n) made = mod(made * base);
    return made;
  }
  const inverse = (value) => power(mod(value), P - 2n);
  const CURVE = mod(-121665n * inverse(121666n)), ROOT = power(2n, (P - 1n) / 4n);

  function point(bytes) {
    const folded = number(bytes), sign = folded >> 255n, y = folded & (2n ** 255n - 1n);
    if (y >= P) return null;
    const square = mod((y * y - 1n) * inverse(CURVE * y * y + 1n));
    let x = power(square, (P + 3n) / 8n);
    if (mod(x * x - square)) x = mod(x * ROOT);
    if (mod(x * x - square) || (!x && sign)) return null;
    if ((x & 1n) !== sign) x = P - x;
    return [x, y, 1n, mod(x * y)];
  }

  function sum([x1, y1, z1, t1], [x2, y2, z2, t2]) {
    const a = mod((y1 - x1) * (y2 - x2)), b = mod((y1 + x1) * (y2 + x2));
    const c = mod(2n * t1 * t2 * CURVE), d = mod(2n * z1 * z2);
    const e = b - a, f = d - c, g = d + c, h = b + a;
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }

  function times(factor, base) {
    let made = [0n, 1n, 1n, 0n];
    for (; factor; factor >>= 1n, base = sum(base, base)) if (factor & 1n) made = sum(made, base);
    return made;
  }

  async function slowEd25519(key, signature, message) {
    const r = point(signature.slice(0, 32)), a = point(key), s = number(signature.slice(32));
    if (!r || !a || s >= ORDER) return false;
    const hashed = new Uint8Array(await subtle.digest("SHA-512", joined(signature.slice(0, 32), key, message)));
    const y = mod(4n * inverse(5n)), base = new Uint8Array(32);
    for (let at = 0; at < 32; at++) base[at] = Number((y >> BigInt(8 * at)) & 255n);
    const left = times(s, point(base)), right = sum(r, times(mod(number(hashed), ORDER), a));
    return !mod(left[0] * right[2] - right[0] * left[2]) && !mod(left[1] * right[2] - right[1] * left[2]);
  }

  // ---- 默克尔树（RFC 6962）与瓦片 ----
  async function rootBy({ index, event, salt, path }, size) {
    let found = await leafHash(await sha256(salt, bytesOf(canonical(event))));
    const steps = [...path];
    for (let at = index, last = size - 1; last; at = Math.floor(at / 2), last = Math.floor(last / 2)) {
      if (at % 2 || at < last) {
        const other = steps.shift();
        if (!other) return null;
        found = await (at % 2 ? nodeHash(other, found) : nodeHash(found, other));
      }
    }
    return steps.length ? null : found;
  }

  const inTree = async (item, note) => {
    const root = await rootBy(item, note.size);
    return root !== null && same(root, note.root);
  };

  function siteTree(size) {
    const tiles = new Map();
    async function tile(level, at) {
      const width = Math.min(256, Math.floor(size / 256 ** level) - at * 256);
      const parts = [String(at % 1000).padStart(3, "0")];
      for (let rest = Math.floor(at / 1000); rest; rest = Math.floor(rest / 1000)) parts.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
      const path = `tile/${level}/${parts.join("/")}${width === 256 ? "" : ".p/" + width}`;
      if (!tiles.has(path)) tiles.set(path, await fetched(path));
      const data = tiles.get(path);
      need(data && data.length === width * 32, "PUB063");
      return data;
    }
    async function whole(start, count) {
      const level = Math.floor(Math.log2(count) / 8), span = 256 ** level, place = start / span;
      const data = await tile(level, Math.floor(place / 256));
      let hashes = [];
      for (let at = place % 256; at < (place % 256) + count / span; at++) hashes.push(data.slice(at * 32, at * 32 + 32));
      while (hashes.length > 1) {
        hashes = await Promise.all(hashes.filter((_, at) => at % 2 === 0).map((left, at) => nodeHash(left, hashes[2 * at + 1])));
      }
      return hashes[0];
    }
    return async (first) => {
      let found = null;
      for (let end = first; end; ) {
        let count = 1;
        while (end % (count * 2) === 0) count *= 2;
        const part = await whole(end - count, count);
        found = found ? await nodeHash(part, found) : part;
        end -= count;
      }
      return found ?? sha256();
    };
  }

  async function fetched(path) {
    const reply = await fetch(`../log/${path}`, { cache: "no-store" });
    return reply.ok ? new Uint8Array(await reply.arrayBuffer()) : null;
  }

  // ---- 核对 ----
  async function checkKeys(keys, note) {
    let before = null;
    for (const item of keys) {
      const { event } = item, key = await readKey(event.key ?? "");
      const { signature, ...signed } = event;
      const by = before ?? key;
      const sound =
        event.event === "key_changed" && event.previous === (before && before.written) && item.index < note.size &&
        (await isEd25519(by.key, fromBase64(signature), bytesOf(canonical(signed)))) && (await inTree(item, note));
      need(sound, "PUB056");
      before = key;
    }
    return before;
  }

  async function checkBundle({ proof, keys, record }) {
    const { note, events } = proof, told = [];
    need(events.length, "PUB050");
    need(events.every((item) => item.index < note.size), "PUB052");
    let before = null;
    for (const item of events) {
      need(await inTree(item, note), "PUB051");
      const { event } = item;
      need(event.event !== "key_changed" && (!before || before.event.id === event.id), "PUB054");
      need(!before || (event.step === before.event.step + 1 && item.index > before.index), "PUB053");
      before = item;
    }
    if (record) need(base64(await sha256(record)) === before.event.document, "PUB055");
    const key = await checkKeys(keys, note);
    if (key) need(await isSigned(note, key), "PUB058");
    told.push(["in_log", note]);
    if (events[0].event.step > 1) told.push(["earlier_gone", { count: events[0].event.step - 1 }]);
    if (record) told.push(["record", {}]);
    if (key) told.push(["key", { key: key.written }]);
    else if (!note.signatures.length) told.push(["unsigned", {}]);
    else told.push(["signer", {}]);
    return { told, key };
  }

  async function checkSite({ proof }, key) {
    const old = proof.note;
    let data, keys;
    try {
      data = await fetched("checkpoint");
      keys = JSON.parse(textOf(await fetched("keys"))).keys.map(readEvent);
    } catch {
      return [["unreachable", {}]];
    }
    if (!data) return [["unreachable", {}]];
    let now;
    try {
      now = readNote(textOf(data));
    } catch {
      throw new Fault("PUB063");
    }
    if (now.origin !== old.origin) return [["elsewhere", old]];
    need(now.size >= old.size, "PUB061");
    const root = siteTree(now.size);
    need(same(await root(now.size), now.root), "PUB063");
    need(same(await root(old.size), old.root), "PUB062");
    if (key) need(keys.some((item) => item.event.key === key.written), "PUB059");
    const last = await checkKeys(keys, now);
    if (last) need(await isSigned(now, last), "PUB058");
    return [["site", now]];
  }

  // ---- 证明的是哪一件 ----
  // 文件是谁写的都有可能：只认登记会写的样子，别的读不出来。网址因此只会是本站的一件记录。
  const DAY = /^\d{4}-\d\d-\d\d$/;
  function readState({ event: logged, at, kind, id, path, status, opens_on: opens, closes_on: closes, document: digest, step, ...now }, before) {
    const event = logged === "amended" && before ? changed({ status, opens_on: opens, closes_on: closes, ...now }, before) : logged;
    const name = [`${event}:${status}`, event].find((key) => Object.hasOwn(settings.names, key));
    const sound =
      name && Object.hasOwn(settings.kinds, kind) && /^[a-z0-9-]{1,80}$/.test(id) && path === `${kind}s/${id}/` &&
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/.test(at) && [opens, closes].every((day) => day === null || DAY.test(day)) &&
      /^[\w+/]{43}=$/.test(digest) && Number.isSafeInteger(step);
    need(sound, "PUB050");
    return { name: settings.names[name], at, kind, id, path, opens, closes, digest, step };
  }

  // 变了什么：与 publication_event.told_as 相同。
  const REDUCED = ["", "thinned", "tombstone"];
  function changed(now, was) {
    if (now.corrections > was.corrections) return "corrected";
    if (REDUCED.indexOf(now.reduced) > REDUCED.indexOf(was.reduced)) return "reduced";
    if (["facts", "shown", "opens_on", "closes_on"].some((key) => now[key] !== was[key])) return "amended";
    if (now.status === was.status) return "supplemented";
    return now.status === "open" ? "opened" : "progressed";
  }

  // 登记的内容：与 publication_event.logged_document 相同，空的不算。
  function withoutEmpty(value) {
    if (Array.isArray(value)) return value.map(withoutEmpty);
    if (!value || typeof value !== "object") return value;
    const kept = Object.entries(value).map(([key, item]) => [key, withoutEmpty(item)]);
    const isEmpty = (item) => item === null || item === "" || (typeof item === "object" && !Object.keys(item).length);
    return Object.fromEntries(kept.filter(([, item]) => !isEmpty(item)));
  }
  function loggedDocument(document) {
    return withoutEmpty(Object.fromEntries(Object.entries(document).filter(([key]) => !settings.unlogged.includes(key))));
  }

  async function fromSite(path) {
    try {
      const reply = await fetch(`../${path}`, { cache: "no-store" });
      return reply.ok ? new Uint8Array(await reply.arrayBuffer()) : null;
    } catch {
      return null;
    }
  }

  // 文件出自本站的：此后还登记过什么，现在的内容是不是这一次的。
  async function sinceThen({ id, path, kind, step, digest }, told) {
    const proof = await fromSite(`${path}proof`);
    if (!proof) told.push(["site_silent", {}]);
    else {
      const later = readProof(proof).events.at(-1).event;
      if (later.step > step) told.push(["site_later", { count: later.step - step, at: moment(later.at) }]);
    }
    const shown = await fromSite(`api/v1/${kind}s/${id}.json`);
    if (!shown) return null;
    const document = JSON.parse(textOf(shown));
    const same = base64(await sha256(bytesOf(canonical(loggedDocument(document))))) === digest;
    told.push([same ? "site_same" : "site_other", document]);
    return document.title;
  }

  // ---- 页面 ----
  // 文件里的字只作文字，不长，不改变旁边文字的方向。
  const plain = (value) => String(value).replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 200);
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => plain(values[name]));
  const inWords = (day) => day.split("-").map((part, at) => `${Number(part)}${"年月日"[at]}`).join("");
  const moment = (at) => `${inWords(at.slice(0, 10))} ${at.slice(11, 16)}`;
  function line(name, values = {}) {
    const copy = document.querySelector(`template[data-says=${name}]`).content.cloneNode(true);
    copy.firstElementChild.textContent = filled(copy.firstElementChild.textContent, values);
    return copy;
  }
  // 不是核对出来的，不打勾
  const NOTES = ["unsigned", "signer", "elsewhere", "unreachable", "site_silent", "site_later", "site_other", "more", "times", "limits", "kept_limits"];
  function show(kind, told, fillIn = () => {}) {
    const copy = document.querySelector(`template[data-proof=${kind}]`).content.cloneNode(true);
    for (const [name, values] of told) {
      copy.querySelector(`[data-slot=${NOTES.includes(name) ? "notes" : "list"}]`).append(line(name, values));
    }
    fillIn(copy);
    answer.replaceChildren(copy);
  }

  const SHOWN = 50; // 记录没有更多的事件；更多的是来捣乱的
  function tell(copy, events, states, title, origin, own) {
    const last = states.at(-1), { says } = settings;
    const rows = {
      record: `${settings.kinds[last.kind]} ${last.id}`,
      title: title ?? says.no_title,
      period: last.opens && last.closes && filled(says.days, { opens: inWords(last.opens), closes: inWords(last.closes) }),
      version: filled(says.version, { step: last.step, at: moment(last.at), digest: last.digest }),
    };
    for (const [name, words] of Object.entries(rows)) {
      const slot = copy.querySelector(`[data-fact=${name}]`);
      slot.textContent = plain(words ?? "");
      slot.parentNode.hidden = !words;
    }
    const address = copy.querySelector("[data-fact=address]"), link = document.createElement(own ? "a" : "span");
    link.textContent = own ? new URL(`../${last.path}`, location).href : plain(`${origin.replace(/log$/, "")}${last.path}`);
    if (own) link.setAttribute("href", `../${last.path}`);
    address.append(link);
    for (const [at, state] of [...states.entries()].slice(-SHOWN)) {
      const item = document.createElement("li");
      const day = state.closes ? filled(says.last_day, { day: inWords(state.closes) }) : "";
      item.textContent = filled(says.event, { at: moment(state.at), name: state.name, ordinal: events[at].index + 1, day });
      copy.querySelector("[data-fact=events]").append(item);
    }
  }

  // 每一种给出怎样显示
  async function provedRecord(bundle) {
    const { events, note } = bundle.proof;
    const { told, key } = await checkBundle(bundle), states = events.map((item, at) => readState(item.event, events[at - 1]?.event));
    const compared = await checkSite(bundle, key), own = compared.at(-1)[0] === "site";
    told.push(...compared);
    const now = own ? await sinceThen(states.at(-1), told) : null;
    const title = bundle.record ? JSON.parse(textOf(bundle.record)).title : now;
    if (bundle.more) told.push(["more", {}]);
    told.push(["times", {}], ["limits", {}]);
    return () => show(own ? "sound" : "alone", told, (copy) => tell(copy, events, states, title, note.origin, own));
  }

  async function keptCheckpoint(bundle) {
    const compared = await checkSite(bundle, null), own = compared.at(-1)[0] === "site";
    if (own) compared.unshift(["kept", bundle.proof.note]);
    return () => show(own ? "kept" : "uncompared", [...compared, ["kept_limits", {}]]);
  }

  form.onsubmit = (event) => event.preventDefault();
  field.onchange = async () => {
    const own = ++asked, [file] = field.files;
    answer.replaceChildren();
    if (!file) return;
    let after;
    try {
      need(file.size < 16 * 1024 * 1024, "PUB050");
      const bundle = readBundle(new Uint8Array(await file.arrayBuffer()));
      after = await (bundle.kept ? keptCheckpoint : provedRecord)(bundle);
    } catch (fault) {
      const code = fault instanceof Fault ? fault.code : "PUB050";
      after = () => show(code === "PUB050" ? "unread" : "faulty", [[code]]); // 读不出来的，说不上不符
    }
    if (own === asked) after();
  };

  if (!subtle) {
    form.hidden = true;
    show("unread", [["insecure"]]);
  }
})();
