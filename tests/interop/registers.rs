//! Registration at Kamailio, with digest.

use crate::bed::Bed;
use crate::support::browser::story;
use crate::support::wait::{pass, until};
use crate::{opened, setup, signed_in};

#[tokio::test(flavor = "multi_thread")]
async fn kamailio_takes_the_registration_with_either_digest() {
    story("registers", setup(), |browser| async move {
        for algorithm in ["MD5", "SHA-256"] {
            let bed = Bed::start(&format!("registers-{algorithm}"), algorithm).await;
            let (_platform, tab) = signed_in(&browser, &bed).await;
            tab.marked("phone-ready", 1).await;
            assert_eq!(bed.log_count("challenged REGISTER of agent"), 1, "{algorithm}");
            assert_eq!(bed.log_count("refused REGISTER of agent"), 0, "{algorithm}");
            // Signing out is told to the server, too.
            let before = bed.log_count("accepted REGISTER of agent");
            tab.press("Sign out").await;
            tab.appears("button", "Connect").await;
            until("the unregistration", async || {
                (bed.log_count("accepted REGISTER of agent") > before).then_some(())
            })
            .await;
            tab.close().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_tried_once_and_told_once() {
    story("wrong-password-kamailio", setup(), |browser| async move {
        let bed = Bed::start("wrong-password-kamailio", "MD5").await;
        let (_platform, tab) = opened(&browser).await;
        tab.sign_in(&bed.server_address(), &bed.address("agent"), "not this one")
            .await;
        tab.status_is("The user name or password is wrong.").await;
        let attempts = bed.log_count("REGISTER of agent");
        assert_eq!(attempts, 2, "one without credentials, one with");
        pass(6_000).await;
        assert_eq!(bed.log_count("REGISTER of agent"), attempts, "it went on trying");
        let told = tab
            .text()
            .await
            .matches("The user name or password is wrong.")
            .count();
        assert_eq!(told, 1, "told {told} times:\n{}", tab.text().await);

        // The right one, without a reload.
        tab.sign_in(&bed.server_address(), &bed.address("agent"), "secret-agent")
            .await;
        tab.status_is("Ready").await;
        // What the page fetches once it is ready must not meet a server that is gone.
        tab.close().await;
    })
    .await;
}
