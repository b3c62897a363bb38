import { expect, test } from 'vitest';
import { cameraIn } from './read-camera.ts';

test.each([
  ['A_CAM', 'cam_a'],
  ['ACAM', 'cam_a'],
  ['CAM_A', 'cam_a'],
  ['camera 2', 'cam_2'],
  ['Kamera A', 'cam_a'],
  ['cam01', 'cam_1'],
  ['CAM_0012', 'cam_12'],
  ['JANE_camB_take2', 'cam_b'],
  ['B-Kamera', 'cam_b'],
  ['câmera 1', 'cam_1'],
  ['カメラB', 'cam_b'],
  ['Камера 1', 'cam_1'],
  ['Камера Б', 'cam_b'],
  ['B카메라', 'cam_b'],
  ['Aカメラ', 'cam_a'],
  ['LeftCam', 'cam_left'],
  ['UNIT_B_CAM_1', 'cam_1'],
  ['camera_report_D01', null],
  ['campus', null],
  ['JANE_DOE', null],
])('cameraIn(%s) is %s', (name, expected) => expect(cameraIn(name)).toBe(expected));
