"""Batches: a roster in, one PDF for each row, a manifest and a report of the rows that were refused.

::

    dialect, columns, reading   how the file is written, and its rows as they stand in it
    repeats                     rows that stand in it twice
    roster, admission, row      each row a job, or a refusal that holds none of its words
    layout                      what the files of a row are called
    workers                     processes that make the jobs, each row on its own risk
    durable, manifest           how files get to the disk whole, and what is written down of them
    report                      the refused rows, for people and for programs
    run                         all of it, in order
    verify                      a finished folder against its manifest
"""
