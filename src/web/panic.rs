//! A panic ends the instance by a trap, which `www/boot.js` and `www/worker-boot.js` hear and explain.

/// In a debug build, writes where and why to the console as well. A release build is without the words.
pub fn show_in_console() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
}
