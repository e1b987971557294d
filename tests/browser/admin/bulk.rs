//! Five thousand users at once, three in a hundred of them wrong: told by row, stopped, resumed.

use std::fmt::Write;

use super::{setup, signed_in};
use crate::support::browser::story;
use crate::support::companion::Companion;
use crate::support::platform::Platform;
use crate::support::wait::until;

const ROWS: usize = 5_000;
/// Every so many rows one is wrong: three in a hundred.
const WRONG: usize = 33;

fn sheet() -> (String, usize) {
    let mut text = "id,name,email,number,virtual_number\n".to_owned();
    let mut wrong = 0;
    for no in 0..ROWS {
        let is_wrong = no % WRONG == WRONG - 1;
        let name = if is_wrong { "Nobody" } else { "Test Person" };
        wrong += usize::from(is_wrong);
        // Writing into a String does not fail.
        let _ = writeln!(
            text,
            "u{no},{name},u{no}@example.test,0981111{no:04},+918040408080"
        );
    }
    (text, wrong)
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_users_are_added_stopped_and_resumed() {
    story("admin-bulk", setup(), |browser| async move {
        let platform = Platform::start().await;
        let companion = Companion::start("admin-bulk", &platform).await;
        let tab = signed_in(&browser, &companion, "boss", "/jobs").await;
        tab.says("No jobs yet").await;
        tab.click("link", "Add many users").await;
        tab.pictures("admin-jobs-add").await;
        let (text, wrong) = sheet();
        let good = ROWS - wrong;
        tab.paste("Rows", &text).await;
        tab.press("Check the rows").await;
        tab.says("Checked, nothing sent").await;
        tab.says(&format!("0 of {good} settled")).await;
        tab.press("Invalid").await;
        tab.says("A name is two words").await;
        tab.says("Row 33").await;
        tab.pictures("admin-job-checked").await;
        tab.press("Start…").await;
        tab.says("who may cost money").await;
        tab.press("Send the rows").await;
        tab.press("Stop").await;
        tab.says("Stopped").await;
        let whole = format!("{good} of {good} settled");
        assert!(
            !tab.text().await.contains(&whole),
            "it was done before it could be stopped"
        );
        tab.pictures("admin-job-stopped").await;
        tab.press("Go on…").await;
        tab.press("Send the rows").await;
        tab.says_within(100, &whole).await;
        tab.says("Done").await;
        tab.pictures("admin-job-done").await;

        // Ten thousand rows in one list are scrolled like forty: few are drawn at any time.
        tab.press("All rows").await;
        let drawn = "return document.querySelectorAll('.job-rows .window-row').length";
        until("rows", async || (tab.run(drawn, vec![]).await != 0).then_some(())).await;
        for _ in 0..12 {
            tab.run(
                "const w = document.querySelector('.window.job-rows'); w.scrollTop = w.scrollHeight",
                vec![],
            )
            .await;
            crate::support::wait::pass(150).await;
        }
        tab.says(&format!("Row {ROWS}")).await;
        let count = tab.run(drawn, vec![]).await.as_u64().expect("a count");
        assert!(count < 80, "{count} rows are drawn at once");

        tab.click("link", "Users").await;
        tab.says("asha").await;
        tab.fill("Search", "u1200@").await;
        tab.press("Search").await;
        tab.says("u1200").await;
    })
    .await;
}
