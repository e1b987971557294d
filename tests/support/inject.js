// Runs in every page of a story before the page's own scripts: keeps what a test must see, changes nothing.
(() => {
  const story = { peers: [], played: [], violations: [], refused: [], microphones: [] };
  window.__story = story;

  addEventListener('securitypolicyviolation', (e) =>
    story.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile ?? ''}`));

  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = new Proxy(Peer, {
    construct(target, args, self) {
      const peer = Reflect.construct(target, args, self === window.RTCPeerConnection ? target : self);
      story.peers.push(peer);
      return peer;
    },
  });

  const agree = Peer.prototype.setRemoteDescription;
  Peer.prototype.setRemoteDescription = async function (description) {
    try {
      return await agree.apply(this, arguments);
    } catch (error) {
      story.refused.push(`${error}\n${description?.sdp}`);
      throw error;
    }
  };

  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    if (!story.played.includes(this)) story.played.push(this);
    return play.call(this);
  };

  const devices = navigator.mediaDevices;
  if (devices) {
    const ask = devices.getUserMedia.bind(devices);
    const list = devices.enumerateDevices.bind(devices);
    devices.enumerateDevices = async () => (await list()).filter((device) => !story.unplugged.has(device.label));
    devices.getUserMedia = async (constraints) => {
      const id = constraints.audio?.deviceId?.exact;
      const gone = (await list()).some((device) => device.deviceId === id && story.unplugged.has(device.label));
      if (gone) throw new OverconstrainedError('deviceId');
      const stream = await (story.microphone ? story.microphone() : ask(constraints));
      story.microphones.push(...stream.getAudioTracks());
      return stream;
    };
  }

  const Context = window.AudioContext;
  story.contexts = [];
  window.AudioContext = new Proxy(Context, {
    construct(target, args) {
      const context = Reflect.construct(target, args);
      story.contexts.push(context);
      return context;
    },
  });

  // Descriptions of ours that were applied: a call that only swaps its devices needs none.
  story.described = 0;
  const describe = Peer.prototype.setLocalDescription;
  Peer.prototype.setLocalDescription = function () {
    story.described += 1;
    return describe.apply(this, arguments);
  };

  // A device pulled out, or put back, as the browser tells of it.
  story.unplugged = new Set();
  story.unplug = (label, out) => {
    story.unplugged[out ? 'add' : 'delete'](label);
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  };

  // A microphone plugged in later, where the browser started without one.
  story.plugIn = () => {
    story.microphone = async () => {
      const context = new AudioContext();
      const sine = new OscillatorNode(context, { frequency: 440 });
      const out = new MediaStreamAudioDestinationNode(context);
      sine.connect(out);
      sine.start();
      return out.stream;
    };
  };

  story.liveMicrophones = () => story.microphones.filter((t) => t.readyState === 'live').length;

  // What the newest connection sends: the device, and whether it is silenced.
  story.speaks = () => {
    const track = story.peers.findLast((p) => p.connectionState !== 'closed')?.getSenders()[0]?.track;
    return track ? { label: track.label, enabled: track.enabled } : null;
  };

  // The longest time without a packet sent while `act` runs and for a second after, in ms.
  story.gap = async (act) => {
    const sent = async () => (await story.stats()).sent;
    let [last, since, longest, end] = [await sent(), performance.now(), 0, Infinity];
    Promise.resolve(act()).then(() => (end = performance.now() + 1000));
    while (performance.now() < end) {
      await new Promise((r) => setTimeout(r, 5));
      const now = await sent();
      if (now === last) continue;
      longest = Math.max(longest, performance.now() - since);
      [last, since] = [now, performance.now()];
    }
    return Math.max(longest, performance.now() - since);
  };

  // Counters of every connection that is not closed, added up; and of the newest one its states.
  story.stats = async () => {
    const sum = { peers: 0, sent: 0, received: 0, state: null, codec: null };
    for (const peer of story.peers) {
      if (peer.connectionState === 'closed') continue;
      sum.peers += 1;
      sum.state = peer.connectionState;
      const report = await peer.getStats();
      for (const s of report.values()) {
        if (s.type === 'outbound-rtp' && s.kind === 'audio') sum.sent += s.packetsSent;
        if (s.type === 'inbound-rtp' && s.kind === 'audio') {
          sum.received += s.packetsReceived;
          sum.codec = report.get(s.codecId)?.mimeType ?? sum.codec;
        }
      }
    }
    return sum;
  };

  // The spectrum of the newest live received track: amplitude at `hz` over its neighbours 40 to 150 Hz away, in dB,
  // and whether an element of the page really plays that track.
  let ear = null;
  story.hear = async (hz) => {
    const peer = story.peers.findLast((p) => p.connectionState !== 'closed');
    const track = peer?.getReceivers().map((r) => r.track).find((t) => t?.kind === 'audio' && t.readyState === 'live');
    if (!track) return { level: -200, above: 0, playing: false };
    if (ear?.track !== track) {
      await ear?.context.close();
      const context = new AudioContext();
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(analyser);
      ear = { track, context, analyser };
      await context.resume();
      await new Promise((r) => setTimeout(r, 250));
    }
    const bins = new Float32Array(ear.analyser.frequencyBinCount);
    ear.analyser.getFloatFrequencyData(bins);
    const width = ear.context.sampleRate / ear.analyser.fftSize;
    const loudest = (from, to) => Math.max(...bins.slice(Math.round(from / width), Math.round(to / width) + 1));
    const level = loudest(hz - 10, hz + 10);
    const around = Math.max(loudest(hz - 150, hz - 40), loudest(hz + 40, hz + 150));
    const finite = (x) => Number.isFinite(x) ? x : -200;
    const playing = story.played.some((e) => !e.paused && !e.muted && e.srcObject?.getTracks().includes(track));
    return { level: finite(level), above: finite(level) - finite(around), playing };
  };

  // How loud the newest received track is over so many seconds, in dB below full scale: its quiet tenth and its loud tenth.
  story.loudness = async (seconds) => {
    await story.hear(1000);
    const [samples, levels] = [new Float32Array(4096), []];
    for (let n = 0; n < seconds * 10; n += 1) {
      ear.analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
      levels.push(10 * Math.log10(power + 1e-12));
      await new Promise((r) => setTimeout(r, 100));
    }
    levels.sort((a, b) => a - b);
    return [levels[Math.floor(levels.length / 10)], levels[Math.floor(levels.length * 0.9)]];
  };

  // Finding things as a person does: by role and name.
  const ROLES = {
    button: 'button, [role=button], input[type=submit]',
    link: 'a[href], [role=link]',
    textbox: 'input:not([type=submit], [type=checkbox], [type=radio], [type=file]), textarea',
    combobox: 'select',
    checkbox: 'input[type=checkbox]',
    heading: 'h1, h2, h3',
    status: '[role=status], output',
    alert: '[role=alert]',
    alertdialog: '[role=alertdialog]',
  };
  const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (e) => {
    const by = e.getAttribute('aria-labelledby');
    if (by) return tidy(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' '));
    return tidy(e.getAttribute('aria-label') ?? (e.labels?.length ? e.labels[0].textContent : e.textContent));
  };
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  story.find = (role, name) => {
    const all = [...document.querySelectorAll(ROLES[role] ?? `[role=${role}]`)].filter(seen);
    if (name === null) return all[0] ?? null;
    return all.find((e) => nameOf(e) === name) ?? all.find((e) => nameOf(e).startsWith(`${name} `)) ?? null;
  };
  story.name = nameOf;
  story.marks = () => performance.getEntriesByType('mark').map((m) => m.name);
})();
