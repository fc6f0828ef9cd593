// The doors of the welcome: one shows the questions of its audience, and, chosen again, those for everybody.
"use strict";

document.addEventListener("click", (event) => {
  const door = event.target instanceof Element ? event.target.closest(".welcome button.door") : null;
  if (!door) return;
  const welcome = door.closest(".welcome");
  const opens = door.getAttribute("aria-expanded") !== "true";
  const shown = opens ? door.dataset.door : "";
  welcome.querySelectorAll("button.door").forEach((other) => {
    other.setAttribute("aria-expanded", String(opens && other === door));
  });
  welcome.querySelectorAll("[data-behind]").forEach((list) => {
    list.hidden = list.dataset.behind !== shown;
  });
  // On a phone what was chosen would lie below the question box.
  const end = welcome.querySelector("[data-behind]:not([hidden])")?.getBoundingClientRect().bottom ?? 0;
  const box = document.getElementById("composer")?.getBoundingClientRect().top ?? window.innerHeight;
  if (opens && end > box) welcome.querySelector(".doors").scrollIntoView({ block: "start", behavior: "instant" });
});
