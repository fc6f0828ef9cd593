// The chat page: an answer copied with its citations, a link that asks again, the conversation as a file or on paper.
// Everything is read from the page as it is shown; nothing is sent anywhere.
"use strict";

(() => {
  const text = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const chinese = () => document.documentElement.lang.startsWith("zh");

  function lines(turn) {
    return Array.from(turn.querySelectorAll(".answer-text > *"), (line) => ({
      quoted: line.tagName === "BLOCKQUOTE",
      text: line.matches(".table") ? Array.from(line.querySelectorAll("tr"), text).join("\n") : text(line),
    }));
  }

  function citations(turn) {
    return Array.from(turn.querySelectorAll(".chip"), (chip) => {
      let group = chip.closest(".chips");
      while (group && !group.matches(".basis-title")) group = group.previousElementSibling;
      return {
        marker: `[${chip.dataset.marker}]`,
        title: text(group),
        label: text(chip.querySelector("bdi")),
        quote: chip.dataset.quote.replace(/\s+/g, " ").trim(),
        link: chip.href,
      };
    });
  }

  // --- Copying ---

  function plainText(turn) {
    const said = lines(turn).map((line) => (line.quoted ? `> ${line.text}` : line.text));
    const cited = citations(turn).map((c) =>
      chinese()
        ? `${c.marker} 《${c.title}》${c.label}“${c.quote}”\n${c.link}`
        : `${c.marker} ${c.title}, ${c.label}: “${c.quote}”\n${c.link}`,
    );
    return [said.join("\n"), ...(cited.length ? [`${text(turn.querySelector(".basis h3"))}\n${cited.join("\n")}`] : [])].join("\n\n");
  }

  async function toClipboard(words) {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(words);
        return true;
      } catch {
        // Not allowed that way: try the older one.
      }
    }
    // Without HTTPS there is no navigator.clipboard.
    const focused = document.activeElement;
    const area = document.createElement("textarea");
    area.value = words;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    area.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }

  async function take(button, words, confirmation) {
    const bar = button.closest(".take-along");
    const said = bar.querySelector(".said");
    said.textContent = "";
    const done = await toClipboard(words);
    said.textContent = done ? confirmation : bar.dataset.copyFailed;
  }

  // --- The conversation as Markdown ---

  // A marker such as [1] stays readable, unless what follows would make a link of it.
  function escaped(words) {
    return words
      .replace(/\[\d{1,3}\](?![([:])|[\\`*_[\]<>|~#&]/g, (found) => (found.length > 1 ? found : `\\${found}`))
      .replace(/^([-+=]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
  }

  function markdown() {
    const heading = text(document.querySelector("h1"));
    const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
    const parts = [`# ${escaped(heading)}`];
    parts.push(`> ${escaped(text(document.querySelector(".site-disclaimer")))}\n>\n> ${when.format(new Date())}`);
    for (const turn of document.querySelectorAll('.turn[data-state="done"]')) {
      parts.push(`## ${escaped(text(turn.querySelector(".asked bdi")))}`);
      parts.push(`**${escaped(text(turn.querySelector(".status")))}**`);
      for (const line of lines(turn)) parts.push((line.quoted ? "> " : "") + escaped(line.text));
      const cited = citations(turn).map((c) => {
        const name = chinese() ? `《${escaped(c.title)}》${escaped(c.label)}：` : `${escaped(c.title)}, ${escaped(c.label)}: `;
        return `- ${c.marker} ${name}“${escaped(c.quote)}” <${c.link}>`;
      });
      if (cited.length) parts.push(`${escaped(text(turn.querySelector(".basis h3")))}${chinese() ? "：" : ":"}`, cited.join("\n"));
    }
    return { name: `${heading}-${today()}.md`, content: parts.join("\n\n") + "\n" };
  }

  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  function download({ name, content }) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "text/markdown;charset=utf-8" }));
    link.download = name;
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    if (button.id === "export") download(markdown());
    if (button.id === "print") window.print();
    const bar = button.closest(".take-along");
    if (!bar) return;
    if (button.dataset.do === "copy") take(button, plainText(button.closest(".turn")), bar.dataset.copied);
    if (button.dataset.do === "share") take(button, location.origin + button.dataset.link, bar.dataset.shared);
  });
})();
