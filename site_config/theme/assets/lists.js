// 首页与公示列表：页面做成之后开始或者截止的，移到说明这一点的标题下；首页的件数重新数过。
{
  const now = document.querySelector("[data-recount]");
  const sort = () => {
    let moved = false;
    for (const row of document.querySelectorAll("[data-group] > ul > [data-state]")) {
      const { state } = row.dataset;
      const place = state === "open" || state === "scheduled" ? state : "closed";
      const from = row.closest("[data-group]");
      if (from.dataset.group === place) continue;
      const to = document.querySelector(`[data-turned][data-group="${place}"]`);
      to.hidden = false;
      to.querySelector("ul").append(row);
      from.hidden = !from.querySelector("[data-state]");
      moved = true;
    }
    if (!moved || !now) return;
    const open = document.querySelectorAll('[data-group] [data-state="open"]').length;
    now.textContent = now.dataset[open ? "recount" : "recountNone"].replace("{n}", open);
  };
  // yiyong.js 按时把各行的状态写进 data-state。
  new MutationObserver(sort).observe(document.body, { subtree: true, attributeFilter: ["data-state"] });
  sort();
}
