use super::*;

/// The shipped file is read without a complaint: a key that is misspelt there would be a clock that is not.
#[test]
fn the_shipped_clocks_are_in_order() {
    let problems = RefCell::new(Problems::default());
    let table = DeTable::parse(SHIPPED).unwrap();
    let source = TomlText { file: Path::new("config/clocks.toml"), text: SHIPPED };
    let whole = Table::whole(source, table.get_ref(), &problems);
    let counting = Counting::default();
    let declared: Vec<_> = whole
        .list("clock")
        .iter()
        .filter_map(|table| declare(table, Some(statutes::embedded()), &counting))
        .collect();
    whole.nothing_else();
    assert!(problems.borrow().list().is_empty(), "{}", problems.borrow());
    assert_eq!(declared.len(), SHIPPED.matches("\n[[clock]]\n").count());
    let mut ids: Vec<&str> = declared.iter().map(|it| it.id.as_str()).collect();
    ids.dedup();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "the declarations of one id stand together");
    // Each gives a card by every preset, or says that it gives none, or is somebody else's to keep.
    for it in declared.iter().filter(|it| it.cards.is_none()) {
        let preset = ["promise", "statutory"].contains(&it.id.as_str());
        assert!(preset || it.rules.iter().all(|rule| rule.by_law.keeper != Keeper::Unit), "{}", it.id);
    }
}
