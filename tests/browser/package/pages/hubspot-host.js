// HubSpot as a calling app sees it: the host side of HubSpot's own SDK, and behind it the answers that its guide of calling
// extensions promises.
import { Constants, IFrameManager } from "./hubspot-sdk.js";

const CONTACTS = [{ number: "+919812345678", objectId: 51, firstName: "Kavya", lastName: "Rao" }];

const hub = { heard: [], engagements: new Map(), shown: [], say: (type, data) => manager.sendMessage({ type, data }) };
window.hub = hub;

const manager = new IFrameManager({
  iFrameOptions: {
    src: new URLSearchParams(location.search).get("app"),
    width: "400px",
    height: "650px",
    hostElementSelector: "#widget",
  },
  debugMode: false,
  onMessageHandler: hear,
});

function hear({ type, data }) {
  hub.heard.push([type, data]);
  if (!(type in Constants.messageType)) throw new Error(`HubSpot knows no ${type}`);
  switch (type) {
    case "RESIZE_WIDGET":
      return manager.updateIFrameSize(data);
    case "OUTGOING_CALL_STARTED":
      return created(data);
    case "INCOMING_CALL":
      created(data);
      return matched(CONTACTS.filter(({ number }) => number === data.fromNumber));
    case "NAVIGATE_TO_RECORD":
      return hub.shown.push(data.objectCoordinates.objectId);
    case "CALL_COMPLETED":
      return completed(data);
  }
}

function created({ externalCallId, createEngagement }) {
  if (!createEngagement) return;
  const engagementId = 9000 + hub.engagements.size;
  hub.engagements.set(engagementId, { externalCallId });
  hub.say("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId });
}

function matched(contacts) {
  const callerIdMatches = contacts.map(({ number, objectId, ...contact }) => ({
    callerIdType: "CONTACT",
    objectCoordinates: { portalId: 1, objectId, objectTypeId: "0-1" },
    ...contact,
  }));
  if (contacts.length) hub.say("CALLER_ID_MATCH_SUCCEEDED", { callerIdMatches });
  else hub.say("CALLER_ID_MATCH_FAILED", {});
}

function completed({ engagementId, engagementProperties }) {
  const there = hub.engagements.get(engagementId);
  if (!there) return hub.say("UPDATE_ENGAGEMENT_FAILED", { engagementId });
  Object.assign(there, engagementProperties);
  hub.say("UPDATE_ENGAGEMENT_SUCCEEDED", { engagementId });
}
