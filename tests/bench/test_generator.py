from tests.bench.generator import names


def test_x():
    assert names.stem(1)
