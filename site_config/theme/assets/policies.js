// 政策总览：一件事一折，先只开第一件。没有脚本的、打印的，全部摊开。
document.querySelectorAll(".yy-policies .yy-matrix tbody th").forEach((head, number) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  button.setAttribute("aria-expanded", number === 0);
  button.addEventListener("click", () =>
    button.setAttribute("aria-expanded", button.getAttribute("aria-expanded") === "false"));
  head.replaceChildren(button);
});
