// 页首的检索框：可用方向键选择的列表。得到焦点时才载入，与 search.js 同时取。
import { ROOT, alikeInAct, direct, fill, inText, make, named, ofNothing, pathOf, phrasesOf, understood } from "./search.js";

const MOST_SUGGESTED = 6;

function startBox(form) {
  const input = form.querySelector("input"), list = form.querySelector("[role=listbox]"), live = form.querySelector("[role=status]");
  let turn = 0, active = -1, timer;
  // 没有脚本就没有这份清单，浏览器自己的提示照旧。
  Object.assign(input, { autocomplete: "off", autocapitalize: "off", spellcheck: false, ariaAutoComplete: "list" });
  const options = () => list.querySelectorAll("[role=option]");
  const page = (query) => `${form.action}?q=${encodeURIComponent(query)}`;

  function close() {
    turn++;
    list.hidden = true;
    input.ariaExpanded = "false";
    choose(-1);
  }
  function choose(at) {
    active = at;
    options().forEach((option, number) => (option.ariaSelected = String(number === at)));
    const option = options()[at];
    option ? input.setAttribute("aria-activedescendant", option.id) : input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }
  // note：写在每一条上方的；told：没有可给的，为什么。
  function offer(query, found, words, note, told) {
    const rows = found.map((item) => ({ href: ROOT + item.path, item: note ? { ...item, kicker: fill(note, { q: query, n: found.length }) } : item }));
    rows.push({ href: page(query), item: { title: fill(words.everywhere, { q: query }), kicker: told } });
    list.replaceChildren(
      ...rows.map(({ href, item }, at) => {
        const option = make("li", { id: `yy-option-${at}`, className: "yy-option", onclick: () => location.assign(href) });
        option.role = "option";
        option.setAttribute("role", "option");
        option.append(make("span", { className: "yy-option__title" }, item.title));
        if (item.kicker) option.append(make("span", { className: "yy-option__kicker" }, [item.kicker, item.state].filter(Boolean).join(" · ")));
        option.dataset.href = href;
        return option;
      }),
    );
    list.hidden = false;
    input.ariaExpanded = "true";
    choose(-1);
    live.textContent = found.length ? fill(note ?? words.found, { q: query, n: found.length }) : told || fill(words.none_yet, { q: query });
  }
  async function suggest() {
    const written = input.value.trim(), mine = ++turn;
    if (!written) return close();
    const { query, asking: { latin, words }, found: answers, act, notes } = await understood(written);
    let found = [], note;
    const path = pathOf(query);
    if (path) found = (await direct(query)) ? [{ path, title: query, kicker: "", state: "" }] : [];
    else {
      const asked = latin ? null : await named(query);
      found = [...answers, ...(asked ? await asked.take(1) : [])].slice(0, MOST_SUGGESTED);
      if (asked?.elsewhere) note = words.other_organ;
    }
    // 一个字在哪里都有，不拿它在正文里猜。
    if (!found.length && !path && phrasesOf(query).some((phrase) => [...phrase].length > 1)) {
      const asked = latin && act.rows.length ? null : await inText(query);
      while (asked && mine === turn && !found.length && !asked.over) found = await asked.take(1);
      const alike = found.length || mine !== turn ? null : (await alikeInAct(act)) ?? (await ofNothing("alikeInSound", query, words));
      if (alike) found = await alike.take(1);
      found = found.slice(0, MOST_SUGGESTED);
    }
    if (mine === turn) offer(query, found, words, note, found.length ? "" : notes.join(" "));
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(() => suggest().catch(close), 180);
  });
  input.addEventListener("compositionend", () => suggest().catch(close));
  input.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(active + step > last ? -1 : active + step < -1 ? last : active + step);
    } else if (event.key === "Enter" && active >= 0) {
      location.assign(options()[active].dataset.href);
    } else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || setTimeout(close, 150));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const query = input.value.trim();
    if (!query) return;
    const path = await direct(query).catch(() => null);
    location.assign(path ? ROOT + path : page(query));
  });
  if (input.value) suggest().catch(close);
}

startBox(document.getElementById("yy-search"));
