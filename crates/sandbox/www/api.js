// What the page asks of the sandbox: its control API, and the platform's own REST APIs with the demo's credentials.

export async function get(path) {
  const reply = await fetch(path);
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}.`);
  return reply.json();
}

export async function post(path, body) {
  return say(await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }));
}

async function say(reply) {
  const text = await reply.text();
  const said = text ? JSON.parse(text) : {};
  if (!reply.ok || said.Status === "Failure" || (said.Code ?? 200) >= 400) throw new Error(words(said, reply.status));
  return said;
}

// The words of a refusal, wherever an API keeps them.
function words(said, status) {
  const item = Array.isArray(said.response) ? said.response[0] : said.response;
  return said.error ?? said.Error ?? said.message ?? item?.error_data?.description ?? said.error_data?.description ?? `Refused with ${status}.`;
}

let platform;
export function know(view) {
  platform = view;
}

const tokens = new Map();
async function token(entity, id, secret) {
  const held = tokens.get(id);
  if (held) return held;
  const said = await post("/v2/integrations/token", { Id: id, Secret: secret, Entity: entity });
  tokens.set(id, said.Data);
  return said.Data;
}

async function ask(method, path, authorization, body) {
  const headers = { authorization, "content-type": "application/json" };
  return say(await fetch(path, { method, headers, body: body && JSON.stringify(body) }));
}

// The Integrations API, as an app.
export async function asApp(id, method, path, body) {
  const app = platform.apps.find((one) => one.AppID === id);
  const held = await token("app", id, app.AppSecret);
  try {
    return await ask(method, `/v2/integrations${path}`, held, body);
  } catch (error) {
    tokens.delete(id);
    throw error;
  }
}

// The same, as the customer the apps belong to.
export async function asCustomer(method, path, body) {
  const customer = platform.customers[0];
  const held = await token("customer", customer.CustomerID, customer.CustomerSecret);
  return ask(method, `/v2/integrations${path}`, held, body);
}

export async function asAccount(method, path, body) {
  const account = platform.accounts[0];
  const basic = `Basic ${btoa(`${account.api_key}:${account.api_token}`)}`;
  const said = await ask(method, `/v2/accounts/${account.sid}${path}`, basic, body);
  const failed = [said.response ?? []].flat().find((item) => item.status === "failure");
  if (failed) throw new Error(failed.error_data?.description ?? failed.error_data?.message ?? "Refused.");
  return said;
}

export async function asTenant(method, path, body) {
  const account = platform.accounts[0];
  const basic = `Basic ${btoa(`${account.greenpin_user}:${account.greenpin_password}`)}`;
  return ask(method, `/v1/tenants/${account.sid}/greenpin${path}`, basic, body);
}
