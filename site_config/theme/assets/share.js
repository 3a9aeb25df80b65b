// 荣誉页的分享与打印；浏览器不能分享的，不出按钮。
for (const button of document.querySelectorAll("[data-share]")) button.hidden = !navigator.share;
addEventListener("click", ({ target }) => {
  if (target.closest("[data-print]")) print();
  const shared = target.closest("[data-share]");
  if (shared) navigator.share({ title: document.title, url: shared.dataset.share }).catch(() => {});
});
