// A CRM without modules: the loader takes the element from the phone's own server.
const server = new URLSearchParams(location.search).get("phone");
const status = document.querySelector("[role=status]");
Softphone.createPhone({ server, ticketUrl: "/ticket", params: "mic=raw", parent: document.body }).then((phone) => {
  phone.addEventListener("call", ({ detail: call }) => {
    status.textContent = call?.state ?? "free";
  });
  document.querySelector("#dial").onclick = () => phone.dial("080 4000 1001");
});
