// 预览 (live preview): shows a page again when the site was built anew, and what is wrong while it could not be.
// Only `yiyong serve` puts this script into pages; no built file has it.
(async () => {
  const place = new URL("state", document.currentScript.src);
  const panel = document.createElement("aside");
  panel.setAttribute("role", "alert");
  panel.style.cssText =
    "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;padding:1rem;z-index:99;" +
    "background:#3a0d06;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap";
  let seen = null;
  for (;;) {
    try {
      const answer = await fetch(`${place}?since=${seen ?? ""}`, { cache: "no-store" });
      const state = await answer.json();
      if (seen !== null && state.version !== seen && !state.problems) location.reload();
      seen = state.version;
      panel.textContent = state.problems;
      if (state.problems) document.body.append(panel);
      else panel.remove();
    } catch {
      // The server was stopped, or starts again.
      await new Promise((resume) => setTimeout(resume, 1000));
    }
  }
})();
