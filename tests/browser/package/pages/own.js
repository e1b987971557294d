// A page with buttons of its own around the phone without screens.
import { init } from "@softphone/widget/headless";

const [status, line, number] = ["[role=status]", "#call", "input"].map((what) => document.querySelector(what));
const button = (id) => document.getElementById(id);

function draw() {
  const { phone: registration, call, ended } = phone.state;
  status.textContent = registration.words;
  line.textContent = call ? `${call.state} ${call.name ?? ""} ${call.number}` : (ended?.words ?? "");
  button("hold").setAttribute("aria-pressed", `${call?.held ?? false}`);
  button("mute").setAttribute("aria-pressed", `${call?.muted ?? false}`);
  button("hangUp").hidden = !call;
  button("answer").hidden = !call?.canAnswer;
}

const phone = await init();
window.phone = phone;
window.told = [];
for (const name of ["phone", "call", "incoming", "ended", "missed", "problem"]) {
  phone.addEventListener(name, ({ detail }) => {
    told.push([name, detail]);
    draw();
  });
}
const act = (command) => command.catch(({ message }) => (line.textContent = message));
button("dial").onclick = () => act(phone.dial(number.value));
button("answer").onclick = () => act(phone.answer());
button("hangUp").onclick = () => act(phone.hangUp());
button("hold").onclick = () => act(phone.hold(!phone.state.call.held));
button("mute").onclick = () => act(phone.mute(!phone.state.call.muted));
draw();
