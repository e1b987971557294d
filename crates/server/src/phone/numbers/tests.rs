//! What people write, and what is dialled.

use proptest::prelude::*;

use super::*;

fn dialled(text: &str, country: &str) -> Result<String, NumberFault> {
    read(text, country).map(|number| number.dialled.reveal().to_owned())
}

#[test]
fn every_indian_form_of_a_number_is_dialled_alike() {
    let mobile = [
        "9811111003",
        "09811111003",
        "+919811111003",
        "+91 98111 11003",
        "+91-98111-11003",
        "0091 98111 11003",
        "919811111003",
        " 98111 11003 ",
        "(0)98111 11003",
        "98111.11003",
        "tel:+919811111003",
        "TEL:9811111003",
        "\u{202a}+91 98111 11003\u{202c}",
        "98111\u{2011}11003",
        "\u{ff0b}91 98111 11003",
        "९८१११११००३",
        "٩٨١١١١١٠٠٣",
        "۹۸۱۱۱۱۱۰۰۳",
        "௯௮௧௧௧௧௧௦௦௩",
        "৯৮১১১১১০০৩",
        "９８１１１１１００３",
    ];
    for text in mobile {
        assert_eq!(dialled(text, "IN").as_deref(), Ok("+919811111003"), "{text}");
    }
    for text in ["080 4040 8012", "08040408012", "+91 (80) 4040-8012", "8040408012"] {
        assert_eq!(dialled(text, "IN").as_deref(), Ok("+918040408012"), "{text}");
    }
    for text in ["1800 103 1111", "18001031111", "1-800-103-1111"] {
        assert_eq!(dialled(text, "IN").as_deref(), Ok("+9118001031111"), "{text}");
    }
    // A town with a longer area code, Panaji.
    assert_eq!(dialled("0832 222 5555", "IN").as_deref(), Ok("+918322225555"));
}

#[test]
fn numbers_of_other_countries_are_taken_and_home_is_where_the_server_is() {
    for (text, wanted) in [
        ("+1 415-555-2671", "+14155552671"),
        ("+44 (0)20 7946 0018", "+442079460018"),
        ("00 44 20 7946 0018", "+442079460018"),
        ("+65 6123 4567", "+6561234567"),
        ("+39 02 1234 5678", "+390212345678"),
        ("+971 50 123 4567", "+971501234567"),
    ] {
        assert_eq!(dialled(text, "IN").as_deref(), Ok(wanted), "{text}");
    }
    assert_eq!(dialled("020 7946 0018", "GB").as_deref(), Ok("+442079460018"));
    assert_eq!(dialled("6123 4567", "sg").as_deref(), Ok("+6561234567"));
    assert!(dialled("+39 02", "IN").is_err() && dialled("+39 02 1234 5678 9012", "IN").is_err());
}

#[test]
fn a_preview_shows_how_people_of_the_country_write_it() {
    let number = read("+919811111003", "IN").unwrap();
    assert_eq!(number.national.reveal(), "098111 11003");
    assert_eq!(number.country, "IN");
    let number = read("+14155552671", "IN").unwrap();
    assert_eq!(
        (number.national.reveal(), number.country.as_str()),
        ("(415) 555-2671", "US")
    );
}

#[test]
fn each_fault_has_its_own_sentence() {
    use NumberFault::*;
    for (text, fault) in [
        ("", Empty),
        ("  + ", Empty),
        ("--", Empty),
        ("112", Short),
        ("100", Short),
        ("+112", Short),
        ("1930", Short),
        ("121", Short),
        ("sip:asha@example.com", SipAddress),
        ("SIPS:asha", SipAddress),
        ("asha@example.com", SipAddress),
        ("1800-FLOWERS", Letters),
        ("abc", Letters),
        ("+91 98111 O1003", Letters),
        ("98111 11003 ext 5", Extension),
        ("98111 11003 ext. 5", Extension),
        ("9811111003x5", Extension),
        ("9811111003,5", Extension),
        ("9811111003;ext=5", Extension),
        ("9811111003#5", Extension),
        ("9811111003p1", Extension),
        ("98111+11003", Sign),
        ("*123*9811111003#", Sign),
        ("98111 11003!", Sign),
        ("☎ 9811111003", Sign),
        ("+999 1234 5678", Country),
        ("+0 98111 11003", Country),
        ("98111 1100", NotInPlan),
        ("98111 110033", NotInPlan),
        ("+91 98111 110033 44", NotInPlan),
        ("0000000000", NotInPlan),
        ("+91 0123456789", NotInPlan),
        ("12345678901234567890", NotInPlan),
    ] {
        assert_eq!(dialled(text, "IN"), Err(fault), "{text}");
    }
    assert_eq!(dialled("9811111003", "XX"), Err(Setup));
    assert_eq!(dialled("+919811111003", "").as_deref(), Ok("+919811111003"));
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_dialled_is_e164(text in ".{0,40}", country in "IN|GB|US|XX|") {
        if let Ok(number) = read(&text, &country) {
            prop_assert!(exotel::PhoneNumber::e164(number.dialled.reveal()).is_ok());
        }
    }

    #[test]
    fn no_digits_panic(text in "[+0-9() .-]{0,30}") {
        if let Ok(number) = read(&text, "IN") {
            prop_assert!(exotel::PhoneNumber::e164(number.dialled.reveal()).is_ok());
        }
    }

    #[test]
    fn what_is_dialled_reads_as_itself_everywhere(digits in "[6-9][0-9]{9}", prefix in "|0|91|\\+91|\\+91 |0091") {
        // Not every such number is in the plan, but one that is has one E.164 form.
        if let Ok(one) = read(&[&prefix, digits.as_str()].concat(), "IN") {
            let again = read(one.dialled.reveal(), "GB");
            prop_assert_eq!(again.map(|number| number.dialled), Ok(one.dialled));
        }
    }

    #[test]
    fn mobile_numbers_are_one_whatever_the_prefix(rest in "[0-9]{8}") {
        let plain = format!("98{rest}");
        for prefix in ["0", "91", "+91", "0091", "+91 (0)"] {
            let text = format!("{prefix}{plain}");
            prop_assert_eq!(dialled(&text, "IN"), dialled(&plain, "IN"), "{}", text);
        }
    }
}
