"""Modules that import each other do so under their hashes."""

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from saduak.design.static_files import HashedFiles

FILES = {
    "place/one.js": 'import {\n  a, b,\n} from "./two.js";\nconst late = () => import("../other/three.js");\n',
    "place/two.js": "export const a = 1;\n",
    "other/three.js": "// import { nothing } from 'somewhere/else'\nexport default 3;\n",
}


def test_a_module_names_others_by_their_hash(tmp_path):
    source, hashed = (
        FileSystemStorage(tmp_path / "source"),
        HashedFiles(location=tmp_path / "kept", base_url="/static/"),
    )
    for name, text in FILES.items():
        source.save(name, ContentFile(text.encode()))
        hashed._save(name, ContentFile(text.encode()))

    done = list(hashed.post_process({name: (source, name) for name in FILES}))

    assert not [problem for _name, _hashed, problem in done if isinstance(problem, Exception)]
    named = (tmp_path / "kept" / hashed.stored_name("place/one.js")).read_text()
    assert hashed.stored_name("place/two.js").removeprefix("place/") in named
    assert f'import("../{hashed.stored_name("other/three.js")}")' in named
