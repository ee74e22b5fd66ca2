"""The demo province: real commune names and codes, everything else made up, the same on every machine.

It is drawn on a flat plane of square cells (`plane`), which one smooth, one-to-one bend carries to the ground near
Thái Bình. Lines between cells are roads, canals and the river, so no parcel is ever cut by one.
"""
