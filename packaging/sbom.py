"""Writes the bill of materials of a package as CycloneDX 1.6 JSON, the same bytes each time.

python packaging/sbom.py BUNDLE -o FILE.cdx.json
"""

from __future__ import annotations

import datetime
import os
import sys
import uuid
from pathlib import Path

from components import Component, all_in, write_about
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Part
from cyclonedx.model.component import ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

import tutor

#: For serial numbers that depend on nothing but what is listed.
_NAMESPACE = uuid.UUID("5f0c7a52-6c0e-5a43-9d0a-6f6f1c1f2a11")


def bill_of_materials(bundle: Path) -> str:
    """The SBOM of this package folder, as JSON text.

    Raises:
        SystemExit: a file in it belongs to no component.
    """
    others = [each for each in all_in(bundle) if each.name != tutor.NAME]
    ours = Part(
        name=tutor.NAME,
        version=tutor.__version__,
        type=ComponentType.APPLICATION,
        bom_ref=tutor.NAME,
        licenses=[LicenseFactory().make_from_string("MIT")],
        description="Unofficial. Learning exercise. Not for clinical use.",
    )
    parts = [_part(each) for each in others]
    listed = "\n".join(sorted(str(part.bom_ref) for part in parts))
    bom = Bom(
        components=parts,
        serial_number=uuid.uuid5(_NAMESPACE, f"{tutor.__version__}\n{listed}"),
    )
    bom.metadata.component = ours
    bom.metadata.timestamp = _commit_time()
    bom.metadata.tools.tools.clear()
    bom.register_dependency(ours, parts)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _part(component: Component) -> Part:
    url = (
        PackageURL("pypi", None, component.package.lower(), component.version) if component.package else None
    )
    home = (
        [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(component.home))]
        if component.home
        else []
    )
    return Part(
        name=component.name,
        version=component.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=f"{component.name}@{component.version}" if component.version else component.name,
        licenses=[LicenseFactory().make_from_string(component.licence)],
        copyright=component.copyright or None,
        purl=url,
        external_references=home,
        description=component.note or None,
    )


def _commit_time() -> datetime.datetime:
    """The time that makes builds repeatable (SOURCE_DATE_EPOCH), else the epoch: never now."""
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)


if __name__ == "__main__":
    sys.exit(write_about(bill_of_materials, __doc__.splitlines()[0]))
