"""Measurements: not collected by pytest, run one by one."""
