//! The worker. `www/worker-boot.js` loads it; each page that attaches arrives as a `connect` event on the global scope,
//! whose first port is the page's, in a shared and in a dedicated worker alike. The listener must be there when `main`
//! returns.

fn main() {}
