"""Documents of the publication stage, one module per group.

leidraad: the tender guide; perceelstukken: what there is one of per perceel; formulier: the bid form;
aankondiging: the notice; verloop: note, receipt, record of opening, withdrawal; rekenvoorbeeld: the
worked example. Templates: sjablonen/publicatie/<code>.docx.

Must stay true: drafting and publication use the same declarations, so that what was reviewed is what is
published.
"""

from __future__ import annotations
