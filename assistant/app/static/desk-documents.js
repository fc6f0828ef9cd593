// Uploads with a progress bar a file, and works whose bars move. Without this script both are plain forms and pages.
"use strict";

(() => {
  const form = document.querySelector(".desk-upload");
  const list = document.querySelector(".desk-results");
  const chooser = form.elements.files;
  const words = form.dataset;

  function line(name) {
    const item = document.createElement("li");
    const title = document.createElement("p");
    const shown = document.createElement("bdi");
    // Characters that turn the direction of writing round are shown, not obeyed.
    shown.textContent = name.replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
    title.append(shown);
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `${words.sending} ${shown.textContent}`);
    const text = document.createElement("p");
    text.textContent = words.sending;
    item.append(title, bar, text);
    list.append(item);
    return {
      progress: (share) => (bar.value = share),
      sent: (url) => {
        bar.remove();
        const link = document.createElement("a");
        link.className = "desk-link";
        link.href = url;
        link.textContent = words.look;
        text.replaceChildren(`${words.sent} `, link);
      },
      failed: (why) => {
        bar.remove();
        text.className = "desk-wrong";
        text.textContent = why;
      },
    };
  }

  function send(file, shown) {
    return new Promise((resolve) => {
      if (file.size > Number(words.largest)) {
        shown.failed(words.tooLarge);
        resolve("");
        return;
      }
      const body = new FormData();
      body.append("token", form.elements.token.value);
      body.append("files", file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) shown.progress(event.loaded / event.total);
      });
      const lost = () => {
        shown.failed(words.lost);
        resolve("");
      };
      request.addEventListener("error", lost);
      request.addEventListener("abort", lost);
      request.addEventListener("load", () => {
        const answer = request.response;
        const result = answer && answer.files && answer.files[0];
        if (result && result.url) {
          shown.sent(result.url);
          resolve(result.url);
        } else if (request.status === 401) {
          location.reload();
        } else {
          shown.failed((result && result.problem) || (answer && answer.problem) || words.lost);
          resolve("");
        }
      });
      request.send(body);
    });
  }

  // What waits now, as the server shows it; what became of each file stays on the page.
  async function refreshWaiting() {
    const section = '[aria-labelledby="waiting"]';
    try {
      const answer = await fetch(location.pathname + location.search);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(section);
      if (fresh) document.querySelector(section).replaceWith(fresh);
    } catch {
      // The links beside the files lead there all the same.
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const files = [...chooser.files];
    list.replaceChildren();
    if (!files.length) {
      line(chooser.labels[0].textContent).failed(words.none);
      return;
    }
    const button = form.querySelector("button");
    button.disabled = true;
    const shown = files.map((file) => line(file.name));
    const urls = [];
    for (const [place, file] of files.entries()) urls.push(await send(file, shown[place]));
    button.disabled = false;
    form.reset();
    if (urls.length === 1 && urls[0]) location.assign(urls[0]);
    else await refreshWaiting();
  });

  const works = document.querySelector("#works");
  const underWay = () => document.querySelectorAll('[data-work][data-under-way="yes"]');

  async function follow() {
    try {
      const answer = await fetch(works.dataset.works, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const states = new Map((await answer.json()).works.map((work) => [String(work.number), work]));
      for (const item of underWay()) {
        const work = states.get(item.dataset.work);
        if (!work || !work.underWay) {
          location.reload();
          return;
        }
        const bar = item.querySelector("progress");
        if (work.total) {
          bar.max = work.total;
          bar.value = work.done;
        } else {
          bar.removeAttribute("value");
        }
        const state = item.querySelector(".desk-state");
        if (state.textContent !== work.state) state.textContent = work.state;
      }
    } catch {
      // The next look may succeed; the link to refresh stays.
    }
    setTimeout(follow, 1000);
  }

  if (works && underWay().length) setTimeout(follow, 1000);
})();
