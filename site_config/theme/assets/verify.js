// 证书核验，全在浏览器里：证书号不进任何请求、网址和存储。算法见 generator/public/verification/answer_shards.py。
(() => {
  const within = document.getElementById("yy-verify");
  const part = (name) => within.querySelector(`[data-verify=${name}]`);
  const form = part("form"), answer = part("answer"), field = document.getElementById("yy-code");
  const settings = JSON.parse(document.getElementById("yy-verify-settings").textContent);
  const { alphabet, letters } = settings;
  let asked = 0; // 只显示最后一次询问的结果

  function show(name, fillIn = () => {}) {
    const copy = within.querySelector(`template[data-answer=${name}]`).content.cloneNode(true);
    fillIn((slot) => copy.querySelector(`[data-slot=${slot}]`), copy);
    answer.replaceChildren(copy);
  }

  // 手机上答复在键盘下面：焦点移到它的标题，键盘收起，答复到屏幕上沿。
  function bring() {
    const heading = answer.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (answer.getBoundingClientRect().bottom > visualViewport.height) answer.scrollIntoView();
  }

  function canonical(text) {
    return text.normalize("NFKC").toUpperCase().replace(new RegExp(settings.separators, "gu"), "");
  }

  function faultOf(code) {
    const worth = [...code].map((character) => alphabet.indexOf(character));
    if (worth.length !== settings.length || worth.includes(-1)) return "form";
    const sum = worth.reduce((total, value, at) => total + value * (at + 1), 0);
    return sum % alphabet.length ? "check" : "";
  }

  // 容易看错的字符，只改一处校验就相符、又只有一处可改的：提出来请人对照，不替人改。
  function nearTo(code) {
    const found = [...code].flatMap((was, at) => {
      const now = settings.alike.find((pair) => pair.includes(was))?.replace(was, "");
      const near = now && code.slice(0, at) + now + code.slice(at + 1);
      return near && !faultOf(near) ? [{ at, was, now, near }] : [];
    });
    return found.length === 1 ? found[0] : null;
  }

  function offer(slot, code) {
    const found = nearTo(code);
    if (!found) return;
    const [said, button] = slot("near").children, { at, near, ...letters } = found;
    const group = Math.floor(at / settings.group) + 1, place = (at % settings.group) + 1;
    said.textContent = fill(settings.offer, { group, place, ...letters });
    button.textContent = fill(settings.try, { code: written(near) });
    button.onclick = () => (field.value = written(near));
    slot("near").hidden = false;
  }

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const written = (code) => code.match(new RegExp(`.{${settings.group}}`, "g")).join("-");
  const bytesOf = (text) => new TextEncoder().encode(text);
  const encode = (bytes) => [...bytes].map((byte) => letters[byte >> 4] + letters[byte & 15]).join("");
  const decode = (text) =>
    Uint8Array.from(text.match(/../g), (two) => letters.indexOf(two[0]) * 16 + letters.indexOf(two[1]));

  async function keyed(code) {
    const salt = Uint8Array.from(settings.salt.match(/../g), (two) => parseInt(two, 16));
    const secret = await crypto.subtle.importKey("raw", bytesOf(code), "PBKDF2", false, ["deriveKey"]);
    const slow = { name: "PBKDF2", hash: "SHA-256", salt, iterations: settings.iterations };
    const hmac = { name: "HMAC", hash: "SHA-256", length: 256 };
    const key = await crypto.subtle.deriveKey(slow, secret, hmac, false, ["sign"]);
    return async (text) => new Uint8Array(await crypto.subtle.sign("HMAC", key, bytesOf(text)));
  }

  async function lookUp(code) {
    const mac = await keyed(code);
    const shard = (await mac("shard"))[0] % settings.shards;
    const reply = await fetch(`shards/${shard.toString(16).padStart(2, "0")}.json`, { cache: "no-cache" });
    if (!reply.ok) throw new Error(reply.status);
    const { tag, entries } = await reply.json();
    const wanted = encode(await mac(`find ${tag}`)).slice(0, settings.key);
    const entry = entries.find((item) => item.startsWith(wanted));
    if (!entry) return null;
    const masked = decode(entry.slice(settings.key));
    for (let at = 0; at < masked.length; at += 32) {
      (await mac(`read ${at / 32 + 1} ${tag}`)).forEach((byte, index) => (masked[at + index] ^= byte));
    }
    const found = /^(valid|corrected|revoked) (\d{4}-\d\d-\d\d) ((?:[a-z]+-)+(?:\d{6}-)?\d{4}-h\d+) *$/.exec(new TextDecoder().decode(masked));
    if (!found) throw new Error("unreadable");
    return { status: found[1], since: found[2], honour: found[3] };
  }

  // 姓名、称号、机关、日期是公开的数据，与证书对照；没有取到的，网址还在。
  async function factsOf(honour) {
    const reply = await fetch(`../api/v1/honours/${honour}.json`, { cache: "no-cache" });
    if (!reply.ok) throw new Error(reply.status);
    const { recipients, group, person_count: all, verb, title, grantor, decided_on: decided, number, revocation } = await reply.json();
    const names = recipients.map(({ name }) => name).join("、") || group?.name;
    return {
      names: recipients.length && all > recipients.length ? fill(settings.and_more, { names, n: all }) : names,
      title: settings.not_titles.includes(title) ? verb : title, // 表扬的是行为的，没有称号
      organ: grantor, decided: inWords(decided), number, revoker: revocation?.organ, ground: revocation?.ground,
    };
  }
  const inWords = (day) => day.split("-").map((part, at) => `${Number(part)}${"年月日"[at]}`).join("");

  function tell(found, facts, code) {
    if (!found) return show("absent");
    show(found.status, (slot, copy) => {
      for (const part of copy.querySelectorAll("[data-fact]")) {
        part.textContent = facts?.[part.dataset.fact] ?? "";
        part.parentNode.hidden = !part.textContent;
      }
      slot("code").textContent = written(code);
      slot("honour").textContent = found.honour;
      slot("honour").href += `${found.honour}/`;
      slot("since").textContent = inWords(found.since);
    });
  }

  form.onsubmit = async (event) => {
    event.preventDefault();
    const own = ++asked, code = canonical(field.value), fault = faultOf(code);
    field.ariaInvalid = fault ? "true" : null;
    if (fault) {
      field.focus();
      return show(fault, (slot) => fault === "check" && offer(slot, code));
    }
    show("busy");
    let after;
    try {
      const found = await lookUp(code);
      const facts = found ? await factsOf(found.honour).catch(() => null) : null;
      after = () => tell(found, facts, code);
    } catch {
      after = () => show("failed");
    }
    if (own !== asked) return;
    after();
    bring();
  };

  form.onreset = () => {
    asked++;
    field.ariaInvalid = null;
    answer.replaceChildren();
    field.focus();
  };

  // 空的证书号交不出去，上一次的答复也就不留。
  field.oninput = () => field.value || form.onreset();

  // 离开时清掉，返回键也不会再看到。
  addEventListener("pagehide", () => {
    asked++;
    field.value = "";
    answer.replaceChildren();
  });

  if (!globalThis.crypto?.subtle) {
    form.hidden = true;
    show("insecure");
  }
})();
