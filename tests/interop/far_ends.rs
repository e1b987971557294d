//! The bed without the phone: when this fails, the servers are at fault, not the browser.

use crate::baresip::Baresip;
use crate::bed::Bed;
use crate::sipp::Sipp;
use crate::support::wait::{pass, until};

#[tokio::test(flavor = "multi_thread")]
async fn far_ends_reach_each_other_through_the_servers() {
    let bed = Bed::start("far-ends", "MD5").await;
    let desk = Baresip::start(&bed, "desk", 880, "PCMU").await;
    let mut caller = Sipp::calling(&bed, "desk", 3000);
    caller.succeeds().await;
    let heard = desk.heard();
    assert!(
        heard.find(620.0).heard > 2.0,
        "baresip heard {:?} of the caller's tone",
        heard.find(620.0)
    );

    let mut echo = Sipp::answering(&bed, 20_000);
    desk.dial(&bed.address("9000")).await;
    until("the echo of baresip's own tone", async || {
        (desk.heard().find(880.0).heard > 1.5).then_some(())
    })
    .await;
    pass(200).await;
    desk.hang_up().await;
    echo.succeeds().await;
}
