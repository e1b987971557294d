// A CRM that has the element in its own bundle.
import "@softphone/widget/element";

const phone = document.createElement("softphone-widget");
phone.setAttribute("server", new URLSearchParams(location.search).get("phone"));
phone.setAttribute("ticket-url", "/ticket");
phone.setAttribute("params", "mic=raw");
const status = document.querySelector("[role=status]");
phone.addEventListener("call", ({ detail: call }) => {
  status.textContent = call?.state ?? "free";
});
document.querySelector("#dial").onclick = () => phone.dial("080 4000 1001");
document.body.append(phone);
