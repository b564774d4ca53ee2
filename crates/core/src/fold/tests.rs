use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{MAX_CHARS, Rank, fold, rank, words};

const EXACT: Option<Rank> = found(false, false);

const fn found(other_marks: bool, partial: bool) -> Option<Rank> {
    Some(Rank {
        other_marks,
        partial,
    })
}

#[test]
fn a_name_is_found_without_its_marks() {
    for (text, folded) in [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("ĐIỆN THOẠI, đường  số 5", "dien thoai duong so 5"),
        ("Ưu ái – Ơn nghĩa\n(gấp!)", "uu ai on nghia gap"),
        ("dao@example.vn", "dao example vn"),
        ("\u{feff}Tru\u{ad}ng", "trung"),
        // Eth, as old encodings left it.
        ("\u{d0}ào", "dao"),
        ("İstanbul", "istanbul"),
        ("…!?", ""),
        ("", ""),
    ] {
        assert_eq!(fold(text), folded, "{text:?}");
        let decomposed: String = text.nfd().collect();
        assert_eq!(fold(&decomposed), folded, "{text:?} decomposed");
    }
}

#[test]
fn every_character_folds_to_letters_and_digits_that_stay() {
    for c in '\0'..=char::MAX {
        let once = fold(&c.to_string());
        assert_eq!(fold(&once), once, "{c:?}");
        assert!(
            once.chars().all(|c| c.is_alphanumeric() || c == ' '),
            "{c:?} gives {once:?}"
        );
    }
}

#[test]
fn a_text_without_end_is_cut() {
    assert_eq!(fold(&"a".repeat(MAX_CHARS + 1)), "a".repeat(MAX_CHARS));
    let long = "ệ".repeat(MAX_CHARS);
    assert_eq!(fold(&fold(&long)), fold(&long));
}

#[test]
fn words_are_split_at_spaces() {
    assert_eq!(words("nguyen thi dao").count(), 3);
    assert_eq!(words("").count(), 0);
}

#[test]
fn a_query_with_tones_prefers_the_exact_word() {
    assert_eq!(rank("bán", "Bán hàng"), EXACT);
    assert_eq!(rank("bán", "Bàn ghế"), found(true, false));
    assert_eq!(rank("cô", "cỗ"), found(true, false));
    assert_eq!(rank("đao", "dao"), found(true, false));
    // The exact word may stand behind another.
    assert_eq!(rank("bán", "bàn bán"), EXACT);
}

#[test]
fn a_query_without_tones_ranks_all_spellings_alike() {
    for text in ["dao", "Đào", "đạo", "ĐẢO"] {
        assert_eq!(rank("dao", text), EXACT, "{text}");
    }
    // Each word decides for itself.
    assert_eq!(rank("bàn ghe", "bàn ghế"), EXACT);
    assert_eq!(rank("bàn ghe", "bán ghế"), found(true, false));
    assert_eq!(rank("ban ghè", "bán ghế"), found(true, false));
}

#[test]
fn a_whole_word_comes_before_a_beginning() {
    assert_eq!(rank("ban", "bánh"), found(false, true));
    assert_eq!(rank("điệ", "Điện"), found(false, true));
    assert_eq!(rank("đie", "Điên"), found(true, true));
    assert_eq!(rank("bàn gh", "bàn ghế"), found(false, true));
    assert_eq!(rank("b ghế", "bàn ghế"), found(false, true));
    let mut found = [
        rank("bán", "bàng"),
        rank("bán", "bàn"),
        rank("bán", "bánh"),
        rank("bán", "bán"),
    ];
    found.reverse();
    assert!(found.is_sorted(), "{found:?}");
}

#[test]
fn both_places_of_a_tone_are_one_spelling() {
    for (one, other) in [("hoà", "hòa"), ("Thuý", "thúy"), ("khoẻ", "khỏe")] {
        assert_eq!(rank(one, other), EXACT, "{one}");
        assert_eq!(rank(other, one), EXACT, "{other}");
    }
    // Typed as far as the old place of the tone.
    assert_eq!(rank("hòa", "Hoàng"), found(false, true));
    assert_eq!(rank("hoá", "hòa"), found(true, false));
}

#[test]
fn decomposed_typing_is_the_same_typing() {
    let typed: String = "điện".nfd().collect();
    assert_eq!(rank(&typed, "Điện lực"), EXACT);
    assert_eq!(rank("điện", &typed), EXACT);
}

#[test]
fn a_text_without_one_of_the_words_is_not_found() {
    assert_eq!(rank("nguyễn đào", "Nguyễn Thị Lan"), None);
    assert_eq!(rank("uyen", "Nguyễn"), None);
    assert_eq!(rank("", "Nguyễn"), None);
    assert_eq!(rank("… \u{302}", "Nguyễn"), None);
}

/// Letters of Vietnamese in both forms, loose marks, and what stands between words.
fn typed() -> impl Strategy<Value = String> {
    let letters: Vec<char> = "aăâeêioôơuưydđáàảãạấựĐẶŨbHg09 ,-\u{301}\u{323}\u{302}\u{ad}"
        .chars()
        .collect();
    proptest::collection::vec(proptest::sample::select(letters), 0..24)
        .prop_map(|letters| letters.into_iter().collect())
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in prop_oneof![typed(), any::<String>()]) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn both_forms_fold_alike(text in prop_oneof![typed(), any::<String>()]) {
        prop_assert_eq!(fold(&text.nfc().collect::<String>()), fold(&text.nfd().collect::<String>()));
    }

    #[test]
    fn every_text_has_its_own_words_exactly(text in prop_oneof![typed(), any::<String>()]) {
        let expected = if fold(&text).is_empty() { None } else { EXACT };
        prop_assert_eq!(rank(&text, &text), expected);
        prop_assert_eq!(rank(&fold(&text), &text), expected);
    }

    #[test]
    fn rank_finds_what_the_folded_index_finds(query in typed(), text in typed()) {
        let (asked, there) = (fold(&query), fold(&text));
        let found = !asked.is_empty()
            && words(&asked).all(|word| words(&there).any(|it| it.starts_with(word)));
        prop_assert_eq!(rank(&query, &text).is_some(), found);
    }
}
