"""From a name to its entity."""

import pytest

from ingest import linking


@pytest.mark.parametrize(
    ("label", "text", "id"),
    [
        ("Region", "Zhejiang", "CN-ZJ"),
        ("Region", "浙江", "CN-ZJ"),
        ("Region", "CN-ZJ", "CN-ZJ"),
        ("Region", "the Netherlands", "NL"),
        ("Region", "Spaniards", "ES"),
        ("Region", "臺灣", "TW"),
        ("Region", "Xi’an", "CN-SN-xian"),
        ("Field", "large language models", "large_language_models"),
        ("Field", "光刻機", "lithography"),
        ("Company", "台積電", "company-tsmc"),
        ("Company", "Taiwan Semiconductor Manufacturing Co.", "company-tsmc"),
        ("Organisation", "中科院", "organisation-chinese-academy-of-sciences"),
        ("Programme", "千人計劃", "programme-thousand-talents-plan"),
    ],
)
def test_names_of_the_reference_data(label: str, text: str, id: str) -> None:
    assert linking.link(label, text, "document-1").id == id


def test_a_name_outside_the_reference_data_has_one_id_everywhere() -> None:
    one, other = (linking.link("Company", "Nowhere Photonics", d) for d in ("document-1", "document-2"))
    assert one == other
    assert one.name == "Nowhere Photonics"


def test_a_first_name_stays_in_its_document() -> None:
    one, other = (linking.link("Person", "Bonnie", d) for d in ("document-1", "document-2"))
    assert one.document_bound
    assert one.id != other.id
    assert not linking.link("Person", "Maria Keller", "document-1").document_bound
    assert linking.link("Person", "Mr. Wen", "document-1").document_bound


def test_a_public_figure_is_one_person_in_both_languages() -> None:
    assert linking.link("Person", "黃仁勳", "document-1").id == linking.link("Person", "Jensen Huang", "document-2").id


def test_the_kunpeng_plan_is_not_a_chip() -> None:
    assert linking.link("Programme", "鲲鹏计划", "document-1").name == "Kunpeng Plan"
    assert linking.known("Programme", "Kunpeng chips") is None
