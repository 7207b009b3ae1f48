"""Pages that open from disk with the network off. Doors: ``report.page``, ``ambitions.ambitions`` and
``explorer.explorer``; all are filled by ``templates.filled`` from what lies in ``assets``.
"""
