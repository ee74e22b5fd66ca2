"""GDAL with one driver. A disguised text (VRT, WFS, …) finds nobody who could open it."""

import os
import sys
from types import ModuleType

# Every other driver of the pyogrio wheel that can open something. The child fails closed: if a new GDAL brings
# a driver that is not listed, nothing is read until it is, and a test says so.
OTHERS = (
    "MEM,PCIDSK,PDS4,VICAR,PDF,MBTiles,EEDA,OGCAPI,GDALG,MapInfo File,LVBAG,S57,DGN,OGR_VRT,CSV,GML,GPX,LIBKML,"
    "KML,GeoJSON,GeoJSONSeq,ESRIJSON,TopoJSON,OGR_GMT,GPKG,SQLite,WAsP,OpenFileGDB,DXF,FlatGeobuf,GeoRSS,VFK,"
    "PGDUMP,OSM,GPSBabel,OGR_PDS,WFS,OAPIF,EDIGEO,Idrisi,ODS,XLSX,Elasticsearch,Carto,AmigoCloud,SXF,Selafin,JML,"
    "PLSCENES,CSW,VDV,MVT,NGW,MapML,GTFS,PMTiles,JSONFG,MiraMonVector,ADBC,AVCBin,AVCE00,AIVector,HTTP,WMS,WCS,VRT"
)

ENVIRONMENT = {
    "GDAL_SKIP": OTHERS,
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "SHAPE_RESTORE_SHX": "NO",
    "OGR_GEOMETRY_ACCEPT_UNCLOSED_RING": "YES",  # we close and tell them ourselves
}


def only(driver: str) -> ModuleType:
    """pyogrio.raw, loaded with no driver but this one."""
    os.environ.update(ENVIRONMENT)
    for unused in ("pandas", "geopandas", "pyarrow"):  # pyogrio loads what it finds: three quarters of its start
        sys.modules[unused] = None  # type: ignore[assignment]  # None forbids an import
    import pyogrio
    import pyogrio.raw

    if set(pyogrio.list_drivers()) != {driver}:
        raise RuntimeError("GDAL has drivers that are not switched off")
    raw: ModuleType = pyogrio.raw
    return raw
