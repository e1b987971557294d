// Runs src/denoise.rs in the audio thread. It says "on" once sound has gone through it, "over" when this machine is too slow
// (from then on the sound is left as it is), "failed" when the program does not run (likewise), and something each second, so that whoever listens can look whether the microphone
// is still open; any answer ends it.
class Denoise extends AudioWorkletProcessor {
  constructor({ processorOptions: { module } }) {
    super();
    this.port.onmessage = () => (this.ended = true);
    // What wasm-bindgen would have JavaScript do for it is never needed here.
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => {};
    this.trying(() => {
      this.program = new WebAssembly.Instance(module, imports).exports;
      this.at = this.program.samples();
    });
  }

  // A processor that throws is silent for ever: the sound is sent as it is instead.
  trying(what) {
    try {
      what();
    } catch {
      this.over = true;
      this.port.postMessage("failed");
    }
  }

  process([[heard]], [[clean]]) {
    if (this.ended) return false;
    if (Math.floor(currentTime) !== this.second) {
      this.port.postMessage("");
      this.second = Math.floor(currentTime);
    }
    if (!heard) return true;
    clean.set(heard);
    if (!this.over) this.trying(() => this.clean(heard, clean));
    return true;
  }

  clean(heard, clean) {
    const began = Date.now();
    this.memory().set(heard);
    this.program.clean(heard.length);
    clean.set(this.memory().subarray(0, heard.length));
    this.over = this.program.spent((heard.length / sampleRate) * 1000, Date.now() - began);
    if (this.over) this.port.postMessage("over");
    else if (!this.on) this.port.postMessage((this.on = "on"));
  }

  // Taken anew each time: memory that has grown is another buffer.
  memory() {
    return new Float32Array(this.program.memory.buffer, this.at, 2048);
  }
}

registerProcessor("denoise", Denoise);
