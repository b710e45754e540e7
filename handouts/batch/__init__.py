"""Batches: a roster in, one PDF for each row, a manifest and a report of the rows that were refused.

::

    dialect, columns, reading   how the file is written, and its rows as they stand in it
    repeats                     rows that stand in it twice
    roster, admission, row      each row a job, or a refusal that holds none of its words
    layout                      what the files of a row are called
    run                         rows become tasks, files get their places, the manifest says so
    workers, worker, nursery    processes that make the tasks, each row on its own risk
    cluster, errand             the same on many machines
    outcome                     what became of a task
    durable, manifest           how files get to the disk whole, and what is written down of them
    identity, folder            when a run is the same; its folder, gone on with or verified
    report                      the refused rows, for people and for programs
"""
