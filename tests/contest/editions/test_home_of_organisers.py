"""What an organiser's first page says before there is anything to organise, and after."""

from tests import build


def test_on_an_empty_site_the_first_page_says_where_to_begin(organiser, enter):
    client = enter(organiser)
    page = client.get("/home/").content.decode()
    assert "2 things to do" in page
    assert page.index("Prepare the first edition") < page.index("Invite the cities’ coordinators")
    assert 'href="/organise/editions/new/"' in page
    build.edition("2024", is_archive=True)
    assert "Prepare the first edition" in client.get("/home/").content.decode()  # an archive is no edition to run
    build.edition("2027")
    assert "Prepare the first edition" not in client.get("/home/").content.decode()
