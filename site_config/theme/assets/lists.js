// 首页与公示列表：页面做成之后开始或者截止的，移到说明这一点的标题下；首页的件数重新数过，领头的一件重新选过。
{
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const now = document.querySelector("[data-recount]");
  const place = ({ dataset: { state } }) => (state === "open" || state === "scheduled" ? state : "closed");
  const first = document.querySelector(".yy-hero__first");
  const group = (name) => document.querySelector(`[data-group="${name}"]`);

  const sort = () => {
    let moved = false;
    for (const row of all("[data-group] > ul > [data-state]")) {
      const from = row.closest("[data-group]"), to = group(place(row));
      if (from === to) continue;
      const list = to.querySelector(".yy-rows");
      to.hidden = list.hidden = false;
      // 开始了的按截止先后插进去。
      const after = [...list.children].find(({ dataset }) => dataset.closesAt > row.dataset.closesAt);
      to.dataset.group === "open" && after ? after.before(row) : list.append(row);
      moved = true;
    }
    if (!moved) return;
    // 页上印的“截至某时”和件数不再对得上：标题换过，数收起。
    const open = group("open");
    if (open?.dataset.now) open.querySelector("h2").textContent = open.dataset.now;
    for (const part of all("[data-as-printed], [data-states] small")) part.hidden = true;
    for (const section of all("[data-group]")) section.hidden = !section.querySelector("[data-state]");
    const rows = all('[data-group="open"] [data-state]');
    // 数了几件，就列出几件。
    for (const part of all("[data-beyond]")) delete part.dataset.beyond;
    if (first && rows.length) lead(rows[0]);
    if (now) now.textContent = now.dataset[rows.length ? "recount" : "recountNone"].replace("{n}", rows.length);
  };
  const lead = (row) => {
    for (const part of all("[data-part]", first)) {
      const from = row.querySelector(`[data-part="${part.dataset.part}"]`);
      part.innerHTML = from?.innerHTML ?? "";
      Object.assign(part.dataset, from?.dataset);
    }
    Object.assign(first.dataset, row.dataset);
    first.classList.add("yy-row--open");
  };
  // 期满等待结果的，说过了多少天。
  for (const part of all("[data-waited]")) {
    const days = Math.floor((Date.now() - Date.parse(part.dataset.since)) / 864e5);
    if (days > 0) part.textContent = part.dataset.waited.replace("%w", days);
  }
  // yiyong.js 按时把各行的状态写进 data-state。
  new MutationObserver(sort).observe(document.body, { subtree: true, attributeFilter: ["data-state"] });
  sort();
}
