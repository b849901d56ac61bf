"""The data file: tables built from the ledgers, one door for writing, history, backup. The only room with SQL besides formula."""

from sqlalchemy import Connection as Connection
