// 对照页：选地方（或版本）、选日期、只看有差别的。日期写成 2016-01-01，按文字比较就是按先后比较。
// 页上有建站当天各格是否有差别的记号；内容在打开一组或者换了日子时，按地方取 <地方>.json，取过的不再取。
// 没有脚本时，页上是建站当天适用的文本，各组另有一页。
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = $("yy-on"), day = $("yy-on-day"), turning = $("yy-on-turning"), shown = $("yy-on-shown");
  const differing = $("yy-on-differing"), boxes = all("[name=at]", form), rows = all("[data-row]");
  const groups = all("details.yy-compare__group"), list = document.querySelector("[data-groups]"), same = $("yy-on-same");
  const national = all("[data-national]"); // 国家规定的途径，不写在各格里
  const { base, today, nation, some, every, none, words, one } = form.dataset, loaded = new Map(), reasons = JSON.parse(form.dataset.why);
  const filled = new Map([nation, ...boxes.map((box) => box.value)].map((place) => [place, today])); // 地方 → 页上是它哪一天的
  let turn = 0;

  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const cells = (row, places) => all("td", row).filter((cell) => places.includes(cell.dataset.at));

  // 记号分四段：天数和数额（没有的写作 -）、机关、有没有规定、文字；空的一段（没有写机关）无从比较。
  // 问号开头的，整格无从比较，后面是缘由（?unknown）。
  // 文字不同，又没有数字可比的，是不是一样要人去看，不算没有差别。版本之间只有一段，连文字也算。
  const compared = (row, places) => {
    const signs = cells(row, places).map((cell) => (cell.dataset.sign ?? "").split(".")).filter(([first]) => first[0] !== "?");
    const differ = (part) => new Set(signs.map((sign) => sign[part]).filter(Boolean)).size > 1;
    const how = [0, 1, 2].filter(differ);
    return how.length || !differ(3) || signs.some(([figures]) => figures && figures !== "-") ? how : [3];
  };

  function load(place) {
    if (!loaded.has(place)) {
      const asked = fetch(`${base}${place}.json`).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
      asked.catch(() => loaded.delete(place));
      loaded.set(place, asked);
    }
    return loaded.get(place);
  }

  // 一格里是地方的名称和内容；折着的各组，格里还什么都没有。
  const isEmpty = (cell) => !cell.lastElementChild?.firstChild;
  function bodyOf(cell) {
    if (!cell.lastElementChild) {
      const name = document.createElement("b"), box = boxes.find(({ value }) => value === cell.dataset.at);
      name.textContent = box.parentElement.textContent.trim();
      cell.append(name, document.createElement("div"));
    }
    return cell.lastElementChild;
  }

  // 把一个地方各格换成那一天的。JSON 里的链接相对于 JSON 自己的位置。
  function fill(data, on) {
    for (const place of data.jurisdiction === nation ? national : rows) {
      const cell = data.jurisdiction === nation ? place : cells(place, [data.jurisdiction])[0];
      const found = data.cells[place.dataset.national ?? place.dataset.row].find(({ since, until }) => since <= on && (until === "" || on <= until));
      cell.dataset.sign = found.sign;
      bodyOf(cell).innerHTML = found.html;
      for (const link of all('a:not([href^="#"])', cell)) link.href = new URL(link.getAttribute("href"), new URL(base, location));
    }
  }

  // 一行无从比较的几格：缘由 → 哪几个地方。
  const gapsIn = (within, places) => {
    const found = new Map();
    for (const cell of within.flatMap((row) => cells(row, places))) {
      if (cell.dataset.sign?.[0] !== "?") continue;
      const why = cell.dataset.sign.slice(1), box = boxes.find(({ value }) => value === cell.dataset.at);
      found.set(why, (found.get(why) ?? new Set()).add(box.parentElement.textContent.trim()));
    }
    return found;
  };
  const told = (found) => [...found].map(([why, names]) => reasons[why].replace("{names}", [...names].join(form.dataset.list))).join(form.dataset.list);

  function show() {
    const places = chosen();
    for (const cell of all("[data-at]")) cell.hidden = !places.includes(cell.dataset.at);
    // 改动的字词，只看并排着的那几个版本。
    for (const mark of all("[data-other]")) mark.toggleAttribute("data-shared", !mark.dataset.other.split(" ").some((at) => places.includes(at)));
    const above = $("above"); // 所选的地方都没有不在手的上位规定，整段收起
    if (above) above.hidden = Boolean(above.querySelector("[data-at]")) && !above.querySelector("[data-at]:not([hidden])");
    for (const row of rows) {
      const how = compared(row, places), marks = row.querySelector(".yy-matrix__how");
      row.classList.toggle("yy-matrix__differs", how.length > 0 && how[0] < 3);
      row.toggleAttribute("data-read", how[0] === 3);
      row.toggleAttribute("data-unknown", !how.length && gapsIn([row], places).size > 0);
      if (marks) marks.textContent = how.map((part) => form.dataset.how.split("|")[part]).join(form.dataset.list);
      row.hidden = differing.checked && row.dataset.row !== "texts" && !how.length;
    }
    const alike = [];
    for (const group of groups) {
      const within = all("[data-row]", group), unknown = within.filter((row) => row.hasAttribute("data-unknown"));
      const differ = within.filter((row) => row.classList.contains("yy-matrix__differs"));
      const read = within.some((row) => row.hasAttribute("data-read")), compares = differ.length > 0 || read;
      const gaps = unknown.length, why = told(gapsIn(unknown, places)), counted = { all: within.length, differing: differ.length, gaps, why };
      const put = (form) => form.replace(/{(\w+)}/g, (_, key) => counted[key]);
      counted.told = put(!differ.length ? (read ? words : none) : within.length === 1 ? one : differ.length < within.length ? some : within.length === 2 ? form.dataset.both : every);
      group.querySelector("[data-count]").textContent = places.length < 2 ? "" : gaps === within.length ? put(form.dataset.gap) : gaps ? put(form.dataset.gaps) : counted.told;
      // 只看有差别的：同一组里无从比较的，收成一行，按一下列出。
      const line = group.querySelector("[data-gap]"), left = line?.firstElementChild;
      const opened = !compares || left?.getAttribute("aria-expanded") === "true";
      for (const row of unknown) if (opened) row.hidden = false;
      if (line) {
        line.hidden = !(differing.checked && compares && gaps);
        left.textContent = put(left.dataset.form);
      }
      group.hidden = within.every((row) => row.hidden);
      // 正开着看的，留在原处。
      if (places.length > 1 && !compares && !group.hidden && (differing.checked || !group.open || same.contains(group))) alike.push({ group, gaps, unknown });
    }
    $("yy-on-differs").textContent = places.length > 1 && rows.every((row) => row.dataset.row === "texts" || row.classList.contains("yy-matrix__differs")) ? form.dataset.all : "";
    fold(alike, places);
  }

  // 没有差别的、无从比较的收在末尾一折里；要看原文才知道的，留在原处。照旧的不动，不然正在按的一组会失去焦点。
  function fold(alike, places) {
    const head = same.querySelector("[data-same]"), within = same.lastElementChild, moved = alike.map(({ group }) => group);
    const unknown = alike.flatMap((one) => one.unknown), some = alike.filter(({ gaps }) => gaps).length;
    const form = differing.checked ? head.dataset.left : !some ? head.dataset.same : some === alike.length ? head.dataset.gap : head.dataset.both;
    const counted = { n: alike.length, gaps: unknown.length, why: told(gapsIn(unknown, places)) };
    same.hidden = !alike.length;
    head.textContent = form.replace(/{(\w+)}/g, (_, key) => counted[key]);
    if (groups.every((group) => moved.includes(group) === within.contains(group))) return;
    for (const group of groups) (moved.includes(group) ? within : list).append(group);
  }

  async function change() {
    const places = chosen(), address = new URL(location), on = day ? day.value : "";
    const wanted = national.length ? [...places, nation] : places;
    // 没填完的日子什么也不改：正在取的上一个日子照样填进去。
    if (day && !/^\d{4}-\d{2}-\d{2}$/.test(on)) {
      shown.textContent = form.dataset.invalid;
      return;
    }
    const mine = ++turn;
    const opened = day ? all("details[open] td[data-at]") : [];
    const empty = opened.some((cell) => places.includes(cell.dataset.at) && isEmpty(cell));
    if (day && (empty || wanted.some((place) => filled.get(place) !== on))) {
      try {
        const data = await Promise.all(wanted.map(load));
        if (mine !== turn) return;
        for (const place of data) fill(place, on);
        for (const place of wanted) filled.set(place, on);
      } catch {
        if (mine === turn) shown.textContent = form.dataset.failed;
        return;
      }
    }
    show();
    address.searchParams.set("at", places.join(","));
    if (differing.checked) address.searchParams.set("differing", "1");
    else address.searchParams.delete("differing");
    if (day) {
      const told = new Date(on).toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
      if (day.value === on) shown.textContent = form.dataset.shown.replace("{on}", told);
      // 所选的日子恰是变化之日的，选单跟着走；否则回到空项。
      turning.value = on;
      if (turning.selectedIndex < 0) turning.value = "";
      address.searchParams.set("on", on);
    }
    history.replaceState(null, "", address);
  }

  form.onsubmit = () => false;
  form.onchange = ({ target }) => {
    if (target === turning && turning.value) day.value = turning.value;
    change();
  };
  if (day) day.oninput = change;
  addEventListener("toggle", ({ target }) => target.open && change(), true);
  for (const left of all("[data-gap] > button")) {
    left.onclick = () => {
      left.setAttribute("aria-expanded", String(left.getAttribute("aria-expanded") !== "true"));
      show();
    };
  }

  // 打印：一组也没开的，全都打开再印。纸不等人，还没取来的当场取，取不到就留着不开。
  let unfolded = [];
  addEventListener("beforeprint", () => {
    if (groups.some((group) => group.open)) return;
    try {
      for (const place of day ? [...chosen(), nation] : []) {
        const held = place === nation ? national : all("td[data-at]").filter((cell) => cell.dataset.at === place);
        if (!held.some(isEmpty)) continue;
        const ask = new XMLHttpRequest();
        ask.open("GET", `${base}${place}.json`, false);
        ask.send();
        fill(JSON.parse(ask.responseText), day.value);
      }
    } catch {
      return;
    }
    unfolded = groups;
    for (const group of unfolded) group.open = true;
  });
  addEventListener("afterprint", () => {
    for (const group of unfolded) group.open = false;
    unfolded = [];
  });

  // 带着选择的网址（?at=wuhan,nanjing&on=2015-12-31&differing=1）打开就是那样。
  const asked = new URL(location).searchParams;
  const at = asked.getAll("at").join().split(",");
  if (at[0]) for (const box of boxes) box.checked = at.includes(box.value);
  if (day && asked.get("on")) day.value = asked.get("on");
  differing.checked = asked.get("differing") === "1";
  change();
})();
