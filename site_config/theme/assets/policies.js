// 政策总览：一件事一折，先只开多久之内申请：错过就来不及的。没有脚本的、打印的，全部摊开。
document.querySelectorAll(".yy-policies .yy-matrix tbody th").forEach((head) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  button.setAttribute("aria-expanded", "opened" in head.parentNode.dataset);
  button.addEventListener("click", () =>
    button.setAttribute("aria-expanded", button.getAttribute("aria-expanded") === "false"));
  head.replaceChildren(button);
});
