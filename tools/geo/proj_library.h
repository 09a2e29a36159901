/* proj_library: PROJ, loaded when it is first needed.
 *
 * libproj brings 44 libraries and 6 to 7 ms, half of what a small raster takes in a process
 * of its own; and most runs stay in one CRS and need none of it. So no tool is linked with
 * it: proj() opens it, once, by the name that the linker would have put into the tools, and
 * gives the functions that this room calls: proj()->create is proj_create. */
#ifndef ECO_GEO_PROJ_LIBRARY_H
#define ECO_GEO_PROJ_LIBRARY_H

#include <proj.h>
#include <proj_experimental.h> /* proj_crs_demote_to_2D */

/* clang-format off */
#define PROJ_FUNCTIONS(X) \
    X(area_create) X(area_destroy) X(area_set_bbox) X(as_wkt) X(context_create) \
    X(context_set_enable_network) X(context_set_file_finder) \
    X(context_use_proj4_init_rules) X(coord) X(coordoperation_get_accuracy) \
    X(coordoperation_get_grid_used) X(coordoperation_get_grid_used_count) X(create) \
    X(create_crs_to_crs_from_pj) X(create_operation_factory_context) \
    X(create_operations) X(crs_demote_to_2D) X(crs_get_coordinate_system) \
    X(cs_get_axis_count) X(cs_get_axis_info) X(cs_get_type) X(destroy) X(ellipsoid_get_parameters) X(errno_reset) \
    X(get_ellipsoid) X(get_id_auth_name) \
    X(get_id_code) X(get_name) X(get_source_crs) X(get_type) X(identify) \
    X(int_list_destroy) X(is_deprecated) X(is_equivalent_to_with_ctx) X(list_destroy) X(list_get) \
    X(list_get_count) X(log_func) X(log_level) X(normalize_for_visualization) \
    X(operation_factory_context_destroy) \
    X(operation_factory_context_set_area_of_interest) \
    X(operation_factory_context_set_grid_availability_use) \
    X(operation_factory_context_set_spatial_criterion) X(pj_info) X(trans) \
    X(trans_bounds) X(trans_generic) X(trans_get_last_used_operation)
/* clang-format on */

#define PROJ_MEMBER(name) __typeof__(proj_##name) *name;
struct proj_library {
    PROJ_FUNCTIONS(PROJ_MEMBER)
};
#undef PROJ_MEMBER

/* Ends the program, told, where PROJ cannot be loaded: like memory, it is not done without.
 * What was never made needs no destroying: ask before proj()->destroy. */
const struct proj_library *proj(void);

#endif
