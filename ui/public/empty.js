/** An empty page for the bench (src-tauri/examples/empty.rs): it tells its first paint. */
const told = () => void globalThis.__TAURI_INTERNALS__.invoke('first_paint');
requestAnimationFrame(() => requestAnimationFrame(told));
