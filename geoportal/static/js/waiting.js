// A page that waits for the machine: asks how far it is, and goes on when the state changes.
const EVERY_MS = 1200;

async function look(card) {
  const answer = await fetch(card.dataset.waiting, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return location.reload();
  const now = await answer.json();
  if (now.state !== card.dataset.state && !["reading"].includes(now.state)) return location.assign(card.dataset.next);
  card.querySelector("progress").value = now.share;
  card.querySelector("[data-doing]").textContent = now.doing;
  return setTimeout(() => look(card).catch(() => later(card)), EVERY_MS);
}

// The server or the network is away for a moment: ask again, more slowly.
function later(card) {
  setTimeout(() => look(card).catch(() => later(card)), EVERY_MS * 4);
}

const card = document.querySelector("[data-waiting]");
if (card) look(card).catch(() => later(card));
