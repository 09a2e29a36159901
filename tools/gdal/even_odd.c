/* even_odd: the area of a polygon whose rings cross or touch as they should not.
 *
 * Such rings bound the places around which an odd number of them lie: so do readers of
 * these formats fill them, gdal_rasterize too. GEOS's MakeValid has another area where an
 * edge is part of two rings. So: cut all edges where they meet, make faces of the pieces,
 * keep the faces that are inside. */
#include "base/mem.h"
#include "plugin.h"
#include <stdbool.h>
#include <stdlib.h>

/* Whether a place lies inside of an odd number of rings. */
static bool is_inside(OGRGeometryH polygon, double x, double y)
{
    bool inside = false;
    for (int r = 0; r < OGR_G_GetGeometryCount(polygon); r++) {
        OGRGeometryH ring = OGR_G_GetGeometryRef(polygon, r);
        int n = OGR_G_GetPointCount(ring);
        for (int i = 0, j = n - 1; i < n; j = i++) {
            double x0 = OGR_G_GetX(ring, j), y0 = OGR_G_GetY(ring, j);
            double x1 = OGR_G_GetX(ring, i), y1 = OGR_G_GetY(ring, i);
            if ((y0 > y) != (y1 > y) && x < x0 + (x1 - x0) * (y - y0) / (y1 - y0))
                inside = !inside;
        }
    }
    return inside;
}

/* The rings as lines that are cut where they meet, each piece once; NULL when that
 * fails. */
static OGRGeometryH cut_rings(OGRGeometryH polygon)
{
    OGRGeometryH lines = OGR_G_CreateGeometry(wkbMultiLineString);
    for (int r = 0; r < OGR_G_GetGeometryCount(polygon); r++) {
        OGRGeometryH ring = OGR_G_GetGeometryRef(polygon, r);
        OGRGeometryH line = OGR_G_CreateGeometry(wkbLineString);
        for (int i = 0; i < OGR_G_GetPointCount(ring); i++)
            OGR_G_AddPoint_2D(line, OGR_G_GetX(ring, i), OGR_G_GetY(ring, i));
        OGR_G_AddGeometryDirectly(lines, line);
    }
    OGRGeometryH first = OGR_G_GetGeometryRef(lines, 0);
    OGRGeometryH cut = first ? OGR_G_Union(lines, first) : NULL;
    OGR_G_DestroyGeometry(lines);
    return cut;
}

/* Adds the faces that lie inside of a polygon. False when some cannot be told. */
static bool add_inside(OGRGeometryH faces, OGRGeometryH polygon, OGRGeometryH many)
{
    for (int i = 0; i < OGR_G_GetGeometryCount(faces); i++) {
        OGRGeometryH face = OGR_G_GetGeometryRef(faces, i);
        OGRGeometryH place = OGR_G_PointOnSurface(face);
        if (!place)
            return false;
        if (is_inside(polygon, OGR_G_GetX(place, 0), OGR_G_GetY(place, 0)))
            OGR_G_AddGeometry(many, face);
        OGR_G_DestroyGeometry(place);
    }
    return true;
}

bool gdal_add_even_odd(OGRGeometryH polygon, OGRGeometryH many)
{
    OGRGeometryH cut = cut_rings(polygon);
    OGRGeometryH faces = cut ? OGR_G_Polygonize(cut) : NULL;
    bool good = faces && add_inside(faces, polygon, many);
    OGR_G_DestroyGeometry(faces);
    OGR_G_DestroyGeometry(cut);
    return good;
}

/* Whether two parts are the same or have an area in common, without the one lying in the
 * other. */
static bool lie_across(OGRGeometryH a, OGRGeometryH b)
{
    OGRGeometryH shell[2];
    for (int i = 0; i < 2; i++) {
        shell[i] = OGR_G_CreateGeometry(wkbPolygon);
        OGR_G_AddGeometry(shell[i], OGR_G_GetGeometryRef(i ? b : a, 0));
    }
    bool across = OGR_G_Overlaps(shell[0], shell[1]) || OGR_G_Equals(shell[0], shell[1]);
    OGR_G_DestroyGeometry(shell[0]);
    OGR_G_DestroyGeometry(shell[1]);
    return across;
}

static bool any_across(OGRGeometryH many)
{
    int n = OGR_G_GetGeometryCount(many);
    OGREnvelope *box = mem_alloc((size_t)n, sizeof *box);
    bool across = false;
    for (int i = 0; i < n && !across; i++) {
        OGRGeometryH part = OGR_G_GetGeometryRef(many, i);
        OGR_G_GetEnvelope(part, &box[i]);
        for (int k = 0; k < i && !across; k++)
            if (box[i].MinX < box[k].MaxX && box[k].MinX < box[i].MaxX &&
                box[i].MinY < box[k].MaxY && box[k].MinY < box[i].MaxY)
                across = lie_across(part, OGR_G_GetGeometryRef(many, k));
    }
    free(box);
    return across;
}

void gdal_merge_rings(OGRGeometryH many)
{
    if (OGR_G_GetGeometryCount(many) < 2 || any_across(many))
        return;
    OGRGeometryH all = OGR_G_CreateGeometry(wkbPolygon);
    for (int i = 0; i < OGR_G_GetGeometryCount(many); i++) {
        OGRGeometryH part = OGR_G_GetGeometryRef(many, i);
        for (int r = 0; r < OGR_G_GetGeometryCount(part); r++)
            OGR_G_AddGeometry(all, OGR_G_GetGeometryRef(part, r));
    }
    OGR_G_RemoveGeometry(many, -1, 1);
    OGR_G_AddGeometryDirectly(many, all);
}
