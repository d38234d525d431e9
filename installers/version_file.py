"""What Windows shows under Properties, Details of the program."""

from __future__ import annotations

from pathlib import Path

from installers.product import BUILD, Product


def text(told: Product, program: str) -> str:
    """The version resource of one executable, in the form that PyInstaller reads."""
    numbers = ([int(part) for part in told.version.split(".")] + [0, 0, 0])[:4]
    four = ", ".join(str(number) for number in numbers)
    strings = {
        "CompanyName": told.author,
        "FileDescription": told.name,
        "FileVersion": told.version,
        "InternalName": program,
        "LegalCopyright": f"{told.author}. MIT licence; see the folder licences.",
        "OriginalFilename": f"{program}.exe",
        "ProductName": told.name,
        "ProductVersion": told.version,
    }
    rows = ",\n".join(f"      StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers=({four}), prodvers=({four}), mask=0x3F, flags=0x0, OS=0x40004,\n"
        "    fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        # 0809, 04B0: British English, in Unicode.
        f"  kids=[StringFileInfo([StringTable('080904B0', [\n{rows}\n    ])]),\n"
        "    VarFileInfo([VarStruct('Translation', [0x0809, 1200])])])\n"
    )


def written(told: Product, program: str) -> str:
    """The path of the version resource, written for one executable."""
    path: Path = BUILD / f"{program}-version.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(told, program), encoding="utf-8")
    return str(path)
