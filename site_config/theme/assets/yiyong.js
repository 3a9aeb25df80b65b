// 公示时钟、复制。
import {} from "./yiyong/reading.js";
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => within.querySelectorAll(selector);
  const words = JSON.parse($("yy-words").textContent);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const announce = (text) => ($("yy-live").textContent = text);
  const { parse } = Date;

  const MINUTE = 6e4, DAY = 864e5;
  const dayOf = (ms) => Math.floor((ms + 8 * 36e5) / DAY);
  const root = document.documentElement, { asOf, turns } = root.dataset;
  const fresh = $("yy-fresh"), told = fresh.dataset;
  let timer;

  function left(ends, at) {
    const { days, hours, minutes } = words.left;
    const d = dayOf(ends - 1) - dayOf(at), m = Math.ceil((ends - at) / MINUTE), h = Math.floor(m / 60);
    // 明天 17:30 截止的，过了今天 17:30 就不足一天
    const [[one, more = one], n] = d && h > 23 ? [days, d] : h ? [hours, h] : [minutes, m];
    return fill(n === 1 ? one : more, { n });
  }

  function show(item, at) {
    const data = item.dataset, ends = parse(data.closesAt);
    const phase = at < parse(data.opensAt) ? "scheduled" : at < ends ? "open" : "closed";
    const state = phase === "closed" ? data.afterClose : phase;
    for (const part of all("[data-only]", item)) part.hidden = part.dataset.only !== phase;
    for (const part of all("[data-closed]", item)) part.textContent = part.dataset[phase] ?? part.textContent;
    for (const target of all("[data-lead], [data-left]", item)) {
      const form = words[target.dataset.lead == null ? "row" : "lead"][phase];
      target.textContent = fill(form, { ...data, left: left(ends, at) });
    }
    for (const badge of all("[data-badge]", item)) {
      badge.textContent = words.badge[phase];
      badge.className = "yy-badge yy-badge--" + state;
    }
    if (data.state !== state) {
      if (data.state) announce(words.turned[phase]);
      for (const fold of all("[data-fold]", item)) fold.open = phase !== "closed";
    }
    item.className = item.className.replace(/--(scheduled|open)\b/, "--" + state);
    data.state = state;
  }

  function tick() {
    const at = Math.max(Date.now(), parse(asOf) || 0); // 钟不早于数据
    const moments = [parse(turns)];
    for (const item of all("[data-clock]")) {
      show(item, at);
      moments.push(parse(item.dataset.opensAt), parse(item.dataset.closesAt));
    }
    // 期外只是文字
    for (const old of all("[data-until]")) {
      const { href, from = 0, until } = old.dataset, on = at >= parse(from) && at < parse(until);
      if (on === !!old.href) continue;
      const made = document.createElement(on ? "a" : "span");
      if (on) made.href = href;
      Object.assign(made.dataset, old.dataset);
      made.className = old.className;
      made.append(...old.childNodes);
      old.replaceWith(made);
    }
    for (const { classList, dataset } of all("[data-day]")) classList.toggle("yy-today", parse(dataset.day) / DAY === dayOf(at));
    if (at >= moments[0] && told.stale) {
      root.classList.add("yy-stale");
      fresh.prepend(told.stale);
      told.stale = "";
    }
    // 恰在变化时醒来
    const waits = moments.map((time) => time - at).filter((ms) => ms > 0);
    clearTimeout(timer);
    timer = setTimeout(tick, Math.min(...waits, moments[1] ? MINUTE : DAY));
  }

  tick();
  addEventListener("pageshow", tick);
  addEventListener("visibilitychange", tick);

  // 看得见的，手机上屏幕下沿的一条就收起（notices.css）。
  const watch = new IntersectionObserver((found) => {
    for (const { target, isIntersecting } of found) target.toggleAttribute("data-seen", isIntersecting);
  });
  for (const part of all(".yy-lead__do, #objection")) watch.observe(part);

  addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy]");
    const source = button && document.querySelector(button.dataset.copy);
    if (!source) return;
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      getSelection().selectAllChildren(source);
      document.execCommand("copy");
    }
    const label = (button.dataset.label ||= button.textContent);
    announce((button.textContent = words.copied));
    setTimeout(() => (button.textContent = label), 2e3);
  });

  $("yy-search")?.addEventListener("focusin", () => { import("./search.js"); import("./search-box.js"); }, { once: true });
})();
