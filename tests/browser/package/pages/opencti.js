// What Salesforce's opencti_min.js gives a page in Lightning Experience, as its developer guide has it, with an org of three people
// behind it. A method or a field that the guide does not know is refused.
(() => {
  const people = [
    { Id: "003000000000001", RecordType: "Contact", Name: "Kavya Rao", Phone: "+919812345678" },
    { Id: "00Q000000000001", RecordType: "Lead", Name: "Arun Nair", Phone: "+919812340000" },
    { Id: "003000000000002", RecordType: "Contact", Name: "Meena Nair", Phone: "+919812340000" },
  ];
  const TASK = ["Id", "Subject", "Status", "CallType", "CallObject", "CallDurationInSeconds", "CallDisposition", "Description",
    "ActivityDate", "WhoId", "WhatId", "entityApiName"];
  const org = { clickable: false, visible: false, popped: [], tasks: [], label: "", ready: false, fails: 0 };
  window.org = org;
  let clicked = () => {};
  org.click = (number, recordId) => {
    const { Name, RecordType } = people.find(({ Id }) => Id === recordId);
    if (org.clickable) clicked({ number, recordId, recordName: Name, objectType: RecordType });
  };

  // By callback, and never at once.
  const method = (fields, carryOut) => ({ callback, ...args }) => {
    const strange = Object.keys(args).filter((name) => !fields.includes(name));
    setTimeout(() => {
      try {
        if (strange.length) throw new Error(`no such argument: ${strange}`);
        callback?.({ success: true, returnValue: carryOut(args) ?? null, errors: null });
      } catch ({ message }) {
        callback?.({ success: false, returnValue: null, errors: [{ code: "E", description: message }] });
      }
    }, 20);
  };

  const SCREENPOP_TYPE = { SOBJECT: "sobject", URL: "url", OBJECTHOME: "objecthome", LIST: "list", SEARCH: "search",
    NEW_RECORD_MODAL: "newRecordModal", FLOW: "flow" };
  const opencti = {
    SCREENPOP_TYPE,
    CALL_TYPE: { INBOUND: "inbound", OUTBOUND: "outbound", INTERNAL: "internal" },
    enableClickToDial: method([], () => void (org.clickable = true)),
    disableClickToDial: method([], () => void (org.clickable = false)),
    onClickToDial: ({ listener }) => void (clicked = listener),
    onNavigationChange: () => {},
    notifyInitializationComplete: () => void (org.ready = true),
    setSoftphonePanelWidth: method(["widthPX"], () => true),
    setSoftphonePanelHeight: method(["heightPX"], () => true),
    setSoftphonePanelLabel: method(["label"], () => true),
    setSoftphoneItemLabel: method(["label"], ({ label }) => void (org.label = label)),
    setSoftphonePanelVisibility: method(["visible"], ({ visible }) => void (org.visible = visible)),
    refreshView: method([], () => true),
    searchAndScreenPop: method(["searchParams", "queryParams", "defaultFieldValues", "callType", "deferred"], ({ searchParams, deferred }) => {
      if (!deferred) throw new Error("this page pops by itself");
      const found = people.filter(({ Phone }) => Phone === searchParams);
      return Object.fromEntries([...found.map((person) => [person.Id, person]), ["SCREEN_POP_DATA", {}]]);
    }),
    screenPop: method(["type", "params"], ({ type, params }) => {
      if (!Object.values(SCREENPOP_TYPE).includes(type)) throw new Error(`no such pop: ${type}`);
      org.popped.push([type, params.recordId ?? params.searchString ?? params.entityName]);
    }),
    saveLog: method(["value"], ({ value }) => {
      if (org.fails-- > 0) throw new Error("UNABLE_TO_LOCK_ROW");
      const strange = Object.keys(value).filter((name) => !TASK.includes(name));
      if (strange.length || value.entityApiName !== "Task") throw new Error(`no such field: ${strange}`);
      const there = org.tasks.find(({ Id }) => Id === value.Id);
      if (value.Id && !there) throw new Error(`no such task: ${value.Id}`);
      const task = there ?? { Id: `00T00000000000${org.tasks.length}` };
      if (!there) org.tasks.push(task);
      Object.assign(task, value, { Id: task.Id });
      return { recordId: task.Id };
    }),
  };
  window.sforce = { opencti };
})();
